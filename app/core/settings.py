"""Every setting of the product: `NUANFENG_*` in the environment, validated once at start."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WrongSetting(Exception):
    """A setting that only its use shows to be wrong; says which variable and why."""

    def __init__(self, variable: str, reason: object) -> None:
        super().__init__(f"{variable}: {reason}")


LogLevel = Literal["debug", "info", "warning", "error"]
BasemapKind = Literal["none", "tiles", "pmtiles", "tianditu"]


class Settings(BaseSettings):
    """One value a field; the field's description is its line in the README's table."""

    model_config = SettingsConfigDict(env_prefix="NUANFENG_", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("data"), description="Folder of the SQLite file, uploads and caches.")
    database_url: str = Field(
        "", description="SQLAlchemy URL. Empty: SQLite in the data folder. PostgreSQL: postgresql+psycopg://…"
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        "", description="Address by which people reach the product, without a final slash."
    )
    city: str = Field(
        "341300", pattern=r"^\d{6}$", description="Division code (GB/T 2260) of the city served."
    )
    log_level: LogLevel = Field("info", description="Least level that is logged.")
    demo: bool = Field(False, description="Load and label sample data; refuses a data folder with real data.")
    demo_public: bool = Field(False, description="Allow the demo on an address that other machines reach.")
    tls_cert: Path | None = Field(None, description="Certificate (PEM) for https straight from the app.")
    tls_key: Path | None = Field(None, description="Private key (PEM) of that certificate.")
    icp: str = Field("", max_length=64, description="ICP 备案号 shown in the footer.")
    hotline: str = Field(
        "12345", pattern=r"^[\d+-]{0,20}$", description="Phone number offered when nothing answers."
    )
    basemap_kind: BasemapKind = Field("none", description="Base map: none, tiles, pmtiles or tianditu.")
    basemap_url: str = Field("", description="Address (template) of the tiles or of the PMTiles file.")
    basemap_key: SecretStr = Field(
        SecretStr(""), description="Browser key of 天地图; it is sent to the page."
    )
    basemap_attribution: str = Field("", max_length=200, description="Credit line of the base map.")
    calendar_dir: Path | None = Field(
        None, description="Folder of further holiday years, one JSON file a year."
    )
    body_limit_bytes: int = Field(1 << 20, ge=1024, description="Largest request body that is read.")
    snapshot_poll_ms: int = Field(
        250, ge=20, le=5000, description="How often a process looks for changed places."
    )

    @field_validator("public_url", "basemap_url")
    @classmethod
    def _http_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://", "/")):
            raise ValueError("must start with http://, https:// or /")
        if re.search(r"[\s;,'\"\\]", value):  # its host goes into the page's security policy
            raise ValueError("must hold no spaces, quotes, commas, semicolons or backslashes")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
        return value

    @field_validator("calendar_dir")
    @classmethod
    def _holds_years(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        from app.kit.hours import Calendar  # here, since hardly anybody sets it

        if not value.is_dir():
            raise ValueError(f"{value} is no folder")
        Calendar.load(value)  # its CalendarFileError is a ValueError that names the file
        return value

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("NUANFENG_TLS_CERT and NUANFENG_TLS_KEY go together")
        if self.basemap_kind in ("tiles", "pmtiles") and not self.basemap_url:
            raise ValueError(f"NUANFENG_BASEMAP_KIND={self.basemap_kind} needs NUANFENG_BASEMAP_URL")
        if self.basemap_kind == "tianditu" and not self.basemap_key.get_secret_value():
            raise ValueError("NUANFENG_BASEMAP_KIND=tianditu needs NUANFENG_BASEMAP_KEY")
        if self.demo and not self.demo_public and not self.is_loopback:
            raise ValueError(
                "NUANFENG_DEMO=1 on an address that others reach needs NUANFENG_DEMO_PUBLIC=1 and https"
            )
        if self.demo and not self.is_loopback and self.tls_cert is None:
            raise ValueError(
                "NUANFENG_DEMO=1 on an address that others reach needs NUANFENG_TLS_CERT and NUANFENG_TLS_KEY"
            )
        return self

    @classmethod
    def variables(cls) -> list[str]:
        """The name of every setting in the environment."""
        return [f"NUANFENG_{name.upper()}" for name in cls.model_fields]

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches the address."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL, SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'nuanfeng.sqlite3'}"

    @property
    def database_variable(self) -> str:
        """The variable that says where the database is."""
        return "NUANFENG_DATABASE_URL" if self.database_url else "NUANFENG_DATA_DIR"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the embedded one."""
        return self.sqlalchemy_url.startswith("sqlite")
