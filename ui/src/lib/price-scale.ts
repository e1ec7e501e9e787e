// Where prices stand on a strip, for drawing only: no amount is shown from here.

/** Places on a strip of 0 to 100, by ratio: twice the price is the same way anywhere. */
export function priceScale(prices: number[]): (price: number) => number {
  const real = prices.filter((price) => Number.isFinite(price) && price > 0);
  const low = Math.log(Math.min(...real));
  const high = Math.log(Math.max(...real));
  // Prices that are all alike stand in the middle.
  const span = high - low;
  return (price) => (span > 0 ? 4 + (92 * (Math.log(price) - low)) / span : 50);
}

/** VND for one unit as declared, for its place on the strip; null while it is not known. */
export function declaredPrice(
  value_vnd: string | undefined,
  quantity: string | null,
): number | null {
  const price = Number(value_vnd) / Number(quantity);
  return Number.isFinite(price) && price > 0 ? price : null;
}
