// The present, for figures that count down.
import { useEffect, useState } from "react";

/** The time in milliseconds, new every `every` ms. */
export function useNow(every = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
