// Notices that nobody is at the station.
import { useEffect, useRef } from "react";

const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Calls `onIdle` after `seconds` without a key or pointer; 0 or less never does. */
export function useIdle(seconds: number, onIdle: () => void): void {
  const callback = useRef(onIdle);
  callback.current = onIdle;
  useEffect(() => {
    if (seconds <= 0) {
      return;
    }
    let timer = 0;
    const restart = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => callback.current(), seconds * 1000);
    };
    restart();
    for (const sign of SIGNS_OF_LIFE) {
      window.addEventListener(sign, restart, { passive: true });
    }
    return () => {
      window.clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) {
        window.removeEventListener(sign, restart);
      }
    };
  }, [seconds]);
}
