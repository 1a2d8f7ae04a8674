"""stations and regions

Why: the first tables: regions, the stations' catalogue with its search index, revisions, installation facts.
The running version bears it: there is none before.
Locks: nothing that exists.
Undo: downgrade drops the tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001_stations"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "city",
                "district",
                "street",
                "community",
                "village",
                name="level",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("initials", sa.String(length=64), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["regions.code"], name=op.f("fk_regions_parent_code_regions")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regions_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_revisions")),
    )
    op.create_table(
        "stations",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "party_centre",
                "union_post",
                "postal",
                "bank",
                "merchant",
                "public_toilet",
                "charging_site",
                "other",
                name="stationkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("operator", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=True),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("opening_hours", sa.String(length=500), nullable=True),
        sa.Column("unattended_hours", sa.String(length=500), nullable=True),
        sa.Column(
            "walk_in",
            sa.Enum("yes", "no", "unknown", name="answer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "access",
            sa.Enum("anyone", "riders", "customers", "unknown", name="access", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("access_note", sa.String(length=200), nullable=True),
        sa.Column(
            "wheelchair",
            sa.Enum("yes", "limited", "no", "unknown", name="wheelchair", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("how_to_find", sa.String(length=200), nullable=True),
        sa.Column("source_name", sa.String(length=64), nullable=False),
        sa.Column("source_licence", sa.String(length=64), nullable=True),
        sa.Column("source_url", sa.String(length=200), nullable=True),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.String(length=2000), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change_revision", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name=op.f("ck_stations_lat")),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name=op.f("ck_stations_lon")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stations")),
        sa.UniqueConstraint("source_name", "external_id", name=op.f("uq_stations_source_name_external_id")),
    )
    with op.batch_alter_table("stations", schema=None) as batch_op:
        batch_op.create_index("ix_stations_change_revision_id", ["change_revision", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stations_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_stations_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "station_services",
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "water",
                "hot_water",
                "phone_charging",
                "ebike_charging",
                "ev_charging",
                "battery_swap",
                "rest",
                "toilet",
                "meals",
                "microwave",
                "fridge",
                "first_aid",
                "rain_gear",
                "tools",
                "air_conditioning",
                "wifi",
                "reading",
                "nursing",
                "counsel",
                name="servicekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column(
            "fee",
            sa.Enum("free", "paid", "unknown", name="fee", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("working", "broken", "unknown", name="servicestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["stations.id"],
            name=op.f("fk_station_services_station_id_stations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("station_id", "kind", name=op.f("pk_station_services")),
    )
    op.create_table(
        "station_terms",
        sa.Column("term", sa.String(length=2), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["stations.id"],
            name=op.f("fk_station_terms_station_id_stations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("term", "station_id", name=op.f("pk_station_terms")),
    )
    with op.batch_alter_table("station_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_terms_station_id"), ["station_id"], unique=False)
    op.bulk_insert(
        sa.table("revisions", sa.column("subject", sa.String), sa.column("value", sa.BigInteger)),
        [{"subject": "stations", "value": 0}, {"subject": "regions", "value": 0}],
    )


def downgrade() -> None:
    with op.batch_alter_table("station_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_terms_station_id"))

    op.drop_table("station_terms")
    op.drop_table("station_services")
    with op.batch_alter_table("stations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stations_updated_at"))
        batch_op.drop_index(batch_op.f("ix_stations_region_code"))
        batch_op.drop_index("ix_stations_change_revision_id")

    op.drop_table("stations")
    op.drop_table("revisions")
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regions_parent_code"))

    op.drop_table("regions")
    op.drop_table("installation")
