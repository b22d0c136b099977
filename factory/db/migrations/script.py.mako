"""${message}"""

import sqlalchemy as sa
from alembic import op

from factory.db.append_only import guard_all

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
    guard_all(op.get_bind())
