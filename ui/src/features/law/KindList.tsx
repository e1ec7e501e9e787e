// The kinds of rule, with what waits for approval on top.
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { LawKind, LawKindView } from "../../api/bindings";
import { useWords } from "../../i18n";
import classes from "./Law.module.css";

export function KindList(props: {
  kinds: LawKindView[];
  waiting: number;
  /** The kind shown; null while the changes that wait are. */
  chosen: LawKind | null;
  onChoose: (kind: LawKind | null) => void;
}) {
  const { t } = useWords();
  const list = useRef<HTMLElement>(null);
  const isRead = props.kinds.length > 0;
  // The arrows work at once when the screen opens.
  useEffect(() => {
    if (isRead) {
      list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
    }
  }, [isRead]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const next = all[all.indexOf(document.activeElement as HTMLElement) + (step ?? 0)];
    if (step && next) {
      event.preventDefault();
      next.focus();
      next.click();
    }
  };
  return (
    <nav
      ref={list}
      className={`panel ${classes.kinds}`}
      aria-label={t("law.kinds")}
      onKeyDown={onKeyDown}
    >
      <button
        type="button"
        className={classes.kind}
        aria-current={props.chosen === null}
        data-testid="law-waiting"
        onClick={() => props.onChoose(null)}
      >
        {t("law.waiting")}
        <span className="tag" data-tone={props.waiting > 0 ? "warm" : undefined}>
          {props.waiting}
        </span>
      </button>
      {props.kinds.map(({ kind, label, rows, waiting }) => (
        <button
          key={kind}
          type="button"
          className={classes.kind}
          aria-current={props.chosen === kind}
          data-testid={`law-kind-${kind}`}
          onClick={() => props.onChoose(kind)}
        >
          {label}
          <span className={classes.count}>
            {waiting > 0 ? `${rows} · ${t("law.waits", { count: waiting })}` : rows}
          </span>
        </button>
      ))}
    </nav>
  );
}
