-- The reports service's own database: a copy of what was sold, made from events.

CREATE TABLE sales (
  order_id         TEXT NOT NULL,
  line             INTEGER NOT NULL,
  placed_at        TEXT NOT NULL,
  product_id       TEXT NOT NULL,
  name             TEXT NOT NULL,
  category         TEXT NOT NULL,
  quantity         INTEGER NOT NULL,
  unit_price_cents BIGINT NOT NULL,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE seen_events (
  event_id TEXT PRIMARY KEY
);
