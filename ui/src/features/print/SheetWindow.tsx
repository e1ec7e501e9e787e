// The window a sheet is looked at in: over everything, and alone on the paper that is printed.
import { type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../components/kit";
import { useWords } from "../../i18n";
import { useHotkeys } from "../../lib/keyboard";
import classes from "./PrintPreview.module.css";

export function SheetWindow(props: {
  title: string;
  /** What the button that prints says. */
  doing: string;
  busy?: boolean;
  onPrint: () => void;
  onClose: () => void;
  /** Settings and what is said, above the pages. */
  head?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  const { title, onPrint, onClose } = props;
  const bar = useRef<HTMLDivElement>(null);
  useHotkeys({ Escape: onClose, F8: onPrint, "Ctrl+P": onPrint }, { within: true });
  useEffect(() => {
    const before = document.activeElement;
    bar.current?.querySelector("button")?.focus();
    document.body.classList.add("printing");
    return () => {
      document.body.classList.remove("printing");
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return createPortal(
    <div
      className={classes.preview}
      role="dialog"
      aria-modal="true"
      aria-label={title}
      data-testid="print-preview"
    >
      <div ref={bar} className={classes.bar}>
        <h2>{title}</h2>
        <Button
          kind="primary"
          hotkey="F8"
          busy={props.busy ?? false}
          onClick={onPrint}
          testId="print-now"
        >
          {props.doing}
        </Button>
        <Button hotkey="Esc" onClick={onClose}>
          {t("print.close")}
        </Button>
      </div>
      {props.head}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll, by arrow keys too */}
      <div className={classes.pages} tabIndex={0} role="document" aria-label={title}>
        {props.children}
      </div>
    </div>,
    document.body,
  );
}
