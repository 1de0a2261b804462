"""What several answers share: how flips are worded, how rates are quoted, the shortest time."""
