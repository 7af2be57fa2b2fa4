-- What whoever runs the shop has switched while it ran: the same for every process, and after a restart.

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
