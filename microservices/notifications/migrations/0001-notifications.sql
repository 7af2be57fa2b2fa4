-- The notifications service's own database.

CREATE TABLE notifications (
  id          TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL,
  order_id    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  text        TEXT NOT NULL,
  sent_at     TEXT NOT NULL
);
CREATE INDEX notifications_by_customer ON notifications (customer_id, id);
