"""What a rider does on the screens, in words; the tests say what must then be seen."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

MAIN = ".dock .btn-main"


@dataclass
class Walk:
    """A rider with a phone."""

    page: Page

    def open(self, path: str = "/") -> "Walk":
        """Open an address and wait for its head."""
        self.page.goto(path)
        expect(self.page.locator("h1")).to_be_visible()
        return self

    def tap(self, name: str) -> None:
        """Tap the button or link that is called so."""
        self.control(name).click()

    def control(self, name: str) -> Locator:
        """The button or link of that accessible name."""
        buttons = self.page.get_by_role("button", name=name, exact=True)
        return buttons.or_(self.page.get_by_role("link", name=name, exact=True))

    @property
    def rows(self) -> Locator:
        """The list's rows, those unfolded at its end included."""
        return self.page.locator("main .row:not(:has(.sk))")

    def names(self) -> list[str]:
        """The names in the list, once there are rows."""
        expect(self.rows.first).to_be_visible()
        return [name.strip() for name in self.rows.locator(".title").all_inner_texts()]

    def row(self, name: str) -> Locator:
        """One row by its name."""
        return self.rows.filter(has=self.page.get_by_role("heading", name=name, exact=True))

    @property
    def amber(self) -> Locator:
        """The one amber button of the screen."""
        return self.page.locator(MAIN)

    def allow_position(self, where: dict[str, float]) -> None:
        """The phone stands there, and gives its position when asked."""
        self.page.context.grant_permissions(["geolocation"])
        self.page.context.set_geolocation({"latitude": where["latitude"], "longitude": where["longitude"]})

    def locate(self) -> None:
        """Find me, for the first time: read why, then agree."""
        self.tap("定位")
        self.tap("用我的位置")
