// Goods by name without marks or by HS code, with what this person usually trades first.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Direction, GoodsHit } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useWords } from "../../i18n";
import { useDebounced } from "../../lib/debounce";
import { formatDecimal } from "../../lib/decimal";
import { isComposing } from "../../lib/keyboard";
import classes from "./GoodsField.module.css";

const PAUSE_MS = 60;

export function GoodsField(props: {
  row: number;
  text: string;
  chosen: boolean;
  direction: Direction;
  person: string | null;
  invalid: boolean;
  onType: (text: string) => void;
  onPick: (goods: GoodsHit) => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  // Nothing is marked in the usual goods of an empty field: Enter there moves on.
  const [marked, setMarked] = useState(-1);
  // Enter typed before the answer came: the first hit is taken when it does.
  const [awaited, setAwaited] = useState(false);
  const text = useDebounced(props.text, PAUSE_MS);
  const blank = props.text.trim() === "";
  const { data, isPlaceholderData } = useQuery({
    queryKey: ["goods_find", text, props.direction, props.person],
    queryFn: () =>
      client.call("goods_find", { text, direction: props.direction, person: props.person }),
    // The hits of other text would only flash by.
    enabled: open && text === props.text,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const hits = blank ? data?.filter(({ usual }) => usual) : data;
  const fresh = text === props.text && hits !== undefined && !isPlaceholderData;

  const pick = (goods: GoodsHit) => {
    setOpen(false);
    setAwaited(false);
    props.onPick(goods);
  };
  const first = hits?.[0];
  useEffect(() => {
    if (awaited && fresh) {
      setAwaited(false);
      if (first) {
        pick(first);
      }
    }
  }, [awaited, fresh, first]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) {
      return;
    }
    const count = hits?.length ?? 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setMarked(Math.max(0, Math.min(count - 1, open ? marked + step : 0)));
      setOpen(true);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setAwaited(false);
    } else if (event.key === "Enter" && !event.ctrlKey && open && !(blank && marked < 0)) {
      // Also keeps the grid from moving on before something is chosen.
      event.preventDefault();
      event.stopPropagation();
      const goods = hits?.[marked];
      if (fresh && goods) {
        pick(goods);
      } else if (!fresh) {
        setAwaited(true);
      }
    }
  };
  return (
    <>
      <input
        ref={input}
        data-cell
        data-testid={`goods-${props.row}`}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? "goods-hits" : undefined}
        aria-activedescendant={open && marked >= 0 ? `goods-hit-${marked}` : undefined}
        aria-invalid={props.invalid}
        aria-label={t("field.goods")}
        className={classes.input}
        data-chosen={props.chosen}
        placeholder={t("lines.goodsPlaceholder")}
        autoComplete="off"
        spellCheck={false}
        value={props.text}
        onChange={(event) => {
          setMarked(0);
          setOpen(true);
          props.onType(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onFocus={() => {
          setMarked(-1);
          setOpen(blank);
        }}
        onBlur={() => {
          setOpen(false);
          setAwaited(false);
        }}
      />
      {open && (
        <Hits
          anchor={input}
          hits={hits ?? []}
          searching={!fresh || blank}
          marked={marked}
          onPick={pick}
        />
      )}
    </>
  );
}

const GAP_PX = 4;
const HIT_PX = 36;
const HITS_PX_MAX = 290;

/** Where `count` hits go: under their field where there is room, else above it. */
export function placeOf(
  field: Pick<DOMRect, "left" | "top" | "bottom">,
  count: number,
  height: number,
): { left: number; top?: number; bottom?: number } {
  const needed = Math.min(HITS_PX_MAX, count * HIT_PX) + 2 * GAP_PX;
  return field.bottom + needed <= height
    ? { left: field.left, top: field.bottom + GAP_PX }
    : { left: field.left, bottom: height - field.top + GAP_PX };
}

/** The list stands outside the grid, which scrolls and would cut it off. */
function Hits(props: {
  anchor: React.RefObject<HTMLInputElement | null>;
  hits: GoodsHit[];
  searching: boolean;
  marked: number;
  onPick: (goods: GoodsHit) => void;
}) {
  const { t } = useWords();
  const [place, setPlace] = useState<ReturnType<typeof placeOf> | null>(null);
  const count = props.hits.length;
  useLayoutEffect(() => {
    const box = props.anchor.current?.getBoundingClientRect();
    if (box) {
      setPlace(placeOf(box, count, window.innerHeight));
    }
  }, [props.anchor, count]);
  if (place === null || (props.hits.length === 0 && props.searching)) {
    return null;
  }
  return createPortal(
    <div id="goods-hits" role="listbox" className={classes.hits} style={place}>
      {props.hits.length === 0 && !props.searching && (
        <p className={classes.none}>{t("lines.noGoods")}</p>
      )}
      {props.hits.map((goods, row) => (
        <Hit
          key={goods.hs + goods.name}
          id={`goods-hit-${row}`}
          goods={goods}
          marked={row === props.marked}
          onPick={() => props.onPick(goods)}
        />
      ))}
    </div>,
    document.body,
  );
}

function Hit(props: { id: string; goods: GoodsHit; marked: boolean; onPick: () => void }) {
  const { goods, marked, onPick } = props;
  const { t, language } = useWords();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (marked) {
      line.current?.scrollIntoView({ block: "nearest" });
    }
  }, [marked]);
  return (
    <div
      ref={line}
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={marked}
      className={classes.hit}
      // The press must not take the focus from the field, which would close the list.
      onPointerDown={(event) => {
        event.preventDefault();
        onPick();
      }}
    >
      <span className={classes.name}>{goods.name}</span>
      {goods.usual && (
        <span className="tag" data-tone="brand">
          {t("lines.usual")}
        </span>
      )}
      {!goods.on_list && (
        <span className="tag" data-tone="refuse">
          {t("lines.offList")}
        </span>
      )}
      {goods.quarantine !== null && (
        <span className="tag" data-tone="warm">
          {t("lines.quarantine")}
        </span>
      )}
      {goods.mfn !== null && <span className="soft">{formatDecimal(goods.mfn, language)}%</span>}
      <code className={classes.hs}>{goods.hs}</code>
    </div>
  );
}
