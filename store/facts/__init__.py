"""Story text in, facts out. Pure: no clock, no network, no database; the same text gives the same facts for ever."""
