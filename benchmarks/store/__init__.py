"""How the store behaves when it is killed, filled and read by many."""
