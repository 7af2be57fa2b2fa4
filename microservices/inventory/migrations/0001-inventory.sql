-- The inventory service's own database.

CREATE TABLE stock (
  product_id TEXT PRIMARY KEY,
  initial    INTEGER NOT NULL,
  available  INTEGER NOT NULL CHECK (available >= 0)
);

CREATE TABLE reservations (
  order_id TEXT PRIMARY KEY,
  status   TEXT NOT NULL,
  lines    TEXT NOT NULL
);
