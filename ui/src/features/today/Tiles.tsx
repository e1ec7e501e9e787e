// Counts that lead to their screens: arrows move among them, Enter opens.
import { type KeyboardEvent, useRef } from "react";
import classes from "./Today.module.css";

export interface Tile {
  name: string;
  label: string;
  count: number;
  /** What of the count wants attention, in words; empty when nothing does. */
  note?: string;
  /** Nothing but the count says so. */
  tone?: "warm" | "refuse";
  onOpen?: () => void;
}

export function Tiles({ title, tiles }: { title: string; tiles: Tile[] }) {
  return (
    <section className={`panel ${classes.group}`} aria-label={title}>
      <h2>{title}</h2>
      <div className={classes.tiles}>
        {tiles.map((tile) => (
          <button
            key={tile.name}
            type="button"
            className={classes.tile}
            data-tone={tile.count > 0 ? tile.tone : undefined}
            data-empty={tile.count === 0}
            data-tile
            data-testid={`tile-${tile.name}`}
            disabled={!tile.onOpen}
            onClick={tile.onOpen}
          >
            <strong>{tile.count}</strong>
            <span>
              {tile.label}
              {tile.note && <em>{tile.note}</em>}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

/** What is told: its tiles are walked through by arrows, whatever group they stand in. */
export function useTileKeys() {
  const board = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) {
      return;
    }
    const all = board.current?.querySelectorAll<HTMLElement>("[data-tile]:enabled") ?? [];
    const tiles = Array.from(all);
    const at = tiles.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    tiles[(at + step + tiles.length) % tiles.length]?.focus();
  };
  return { board, onKeyDown };
}
