// The last line of the main pages: the registration number (ICP 备案号) that the law wants shown, where there is one.
import { about } from "../api/about.ts";

export function Footer() {
  const icp = about.value?.icp;
  if (!icp) return null;
  return (
    <footer class="footer">
      <a href="https://beian.miit.gov.cn/" target="_blank" rel="noreferrer">
        {icp}
      </a>
    </footer>
  );
}
