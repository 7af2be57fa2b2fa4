-- The books as columns: flat tables in DuckDB, filled in batches. No keys: an index would have to be kept
-- in memory. `number` counts the events that were entered, from 1; the past that a shop is seeded with ends
-- at 0. Whatever a lookup needs lies in the order of that number or of the time, so that it reads little.

CREATE TABLE seen_events (
  number      BIGINT NOT NULL,
  event_id    VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE orders (
  number    BIGINT NOT NULL,
  order_id  VARCHAR NOT NULL,
  placed_at TIMESTAMP NOT NULL
);

-- `first_of_category`: the first line of its order in its category. Counting these counts orders, and
-- reads one bit a line where count(DISTINCT order_id) would keep every id in memory.
CREATE TABLE order_lines (
  number            BIGINT NOT NULL,
  line              INTEGER NOT NULL,
  day               DATE NOT NULL,
  product_id        VARCHAR NOT NULL,
  name              VARCHAR NOT NULL,
  category          VARCHAR NOT NULL,
  first_of_category BOOLEAN NOT NULL,
  quantity          INTEGER NOT NULL,
  unit_price_cents  BIGINT NOT NULL
);

CREATE TABLE cancelled_orders (
  order_id  VARCHAR NOT NULL,
  placed_at TIMESTAMP NOT NULL
);

-- What the table of this name holds on the other engines.
CREATE VIEW sales AS
  SELECT order_id, line, strftime(placed_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS placed_at,
    product_id, name, category, quantity, unit_price_cents
  FROM orders JOIN order_lines USING (number);
