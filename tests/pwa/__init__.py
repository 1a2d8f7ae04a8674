"""The page in real Chromium, and what the phone computes by itself."""
