"""What pages, terminals and other rooms ask about the floor; a module each for what is asked."""

from factory.production.queries.bundles import (
    BundleState,
    bundle,
    bundles,
    bundles_of,
    last_done,
    my_scans,
    open_bundles,
    outcomes_of,
    scan,
    scans_of,
)
from factory.production.queries.labour import MadeFor, made_for
from factory.production.queries.orders import cut_so_far, lay, lays, order_progress
from factory.production.queries.replay import recomputed
from factory.production.queries.ways import way_of
from factory.production.queries.work import (
    Output,
    Pieces,
    Waiting,
    output,
    pieces,
    pieces_of_all,
    rework_open,
    scan_counts,
    scan_moments,
    wip_by_station,
)

__all__ = [
    "BundleState",
    "MadeFor",
    "Output",
    "Pieces",
    "Waiting",
    "bundle",
    "bundles",
    "bundles_of",
    "cut_so_far",
    "last_done",
    "lay",
    "lays",
    "made_for",
    "my_scans",
    "open_bundles",
    "order_progress",
    "outcomes_of",
    "output",
    "pieces",
    "pieces_of_all",
    "recomputed",
    "rework_open",
    "scan",
    "scan_counts",
    "scan_moments",
    "scans_of",
    "way_of",
    "wip_by_station",
]
