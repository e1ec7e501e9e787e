// Which way the goods go, and which lines use up the exemption first.
import type { Dispatch } from "react";
import { Button } from "../../components/kit";
import { useWords } from "../../i18n";
import type { Draft } from "../../lib/draft";
import classes from "./Counter.module.css";
import type { DraftAction } from "./use-draft";

export function TradeBar(props: {
  draft: Draft;
  /** Number of the form this one is the other leg of. */
  exchangeOf: string | null;
  /** What both legs of an exchange are worth, as far as it is known; null outside of one. */
  exchange: { out: string | null; back: string | null; difference: string | null } | null;
  dispatch: Dispatch<DraftAction>;
}) {
  const { t } = useWords();
  const { draft, dispatch, exchange } = props;
  const name = (direction: "import" | "export") => {
    if (exchange === null) {
      return t(`direction.${direction}`);
    }
    return t(direction === "export" ? "exchange.out" : "exchange.back");
  };
  const bar = (
    <div className={classes.trade}>
      <fieldset className={classes.turn} style={{ margin: 0, padding: 0 }}>
        {(["import", "export"] as const).map((direction) => (
          <button
            key={direction}
            type="button"
            aria-pressed={draft.direction === direction}
            data-testid={`direction-${direction}`}
            onClick={() => draft.direction !== direction && dispatch({ type: "turn" })}
          >
            {name(direction)}
          </button>
        ))}
      </fieldset>
      <kbd className="key">F4</kbd>
      {props.exchangeOf !== null && (
        <span className="tag" data-tone="brand" data-testid="exchange-of">
          {t("lines.exchangeOf", { number: props.exchangeOf })}
        </span>
      )}
      <span className={classes.spacer} />
      {draft.direction === "import" && (
        <>
          <span className={`soft ${classes.wide}`}>{t("keys.allocation")}:</span>
          <strong data-testid="allocation">{t(`allocation.${draft.allocation}`)}</strong>
          <kbd className="key">F6</kbd>
        </>
      )}
      <Button onClick={() => dispatch({ type: "add" })} title="Ctrl+Enter">
        {t("lines.add")}
      </Button>
    </div>
  );
  return (
    <>
      {bar}
      {exchange && (
        <p className={classes.legs} data-testid="exchange-values" title={t("exchange.note")}>
          {t("exchange.values", { out: exchange.out ?? "…", back: exchange.back ?? "…" })}
          {exchange.difference !== null && (
            <strong> · {t("exchange.difference", { amount: exchange.difference })}</strong>
          )}
        </p>
      )}
    </>
  );
}
