-- Every event of an order writes its row first: where two come at the same time, one waits for the other.

CREATE TABLE known_orders (
  order_id  TEXT PRIMARY KEY,
  cancelled INTEGER NOT NULL
);

INSERT INTO known_orders (order_id, cancelled) SELECT order_id, 1 FROM cancelled_orders;

DROP TABLE cancelled_orders;
