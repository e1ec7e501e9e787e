// The statutory form on A4 as it will leave the printer.
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { messageOf } from "../../api/errors";
import { useDeclaration } from "../../api/queries";
import { Button, ChoiceField, Problem } from "../../components/kit";
import { useWords } from "../../i18n";
import { useHotkeys } from "../../lib/keyboard";
import { FormPage } from "./FormPage";
import classes from "./PrintPreview.module.css";

// Customs keeps one original and the resident needs one to hand over on resale.
const DEFAULT_COPIES = 2;
const COPY_CHOICES = ["1", "2", "3"];

export function PrintPreview({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const declaration = useDeclaration(id);
  const [copies, setCopies] = useState(DEFAULT_COPIES);
  const bar = useRef<HTMLDivElement>(null);
  const print = () => window.print();
  useHotkeys({ Escape: onClose, F8: print, "Ctrl+P": print }, { within: true });

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
      aria-label={t("print.preview")}
      data-testid="print-preview"
    >
      <div ref={bar} className={classes.bar}>
        <h2>{t("print.preview")}</h2>
        <Button kind="primary" hotkey="F8" onClick={print}>
          {t("print.print")}
        </Button>
        <div className={classes.copies}>
          <span>{t("print.copies")}</span>
          <ChoiceField
            label=""
            spoken={t("print.copies")}
            value={String(copies)}
            onChange={(next) => setCopies(Number(next))}
            options={COPY_CHOICES.map((value) => ({ value, label: value }))}
          />
        </div>
        <Button hotkey="Esc" onClick={onClose}>
          {t("print.close")}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll, by arrow keys too */}
      <div className={classes.pages} tabIndex={0} role="document" aria-label={t("print.preview")}>
        {declaration.isPending && <p>{t("app.loading")}</p>}
        {declaration.isError && <Problem>{messageOf(declaration.error)}</Problem>}
        {declaration.data &&
          Array.from({ length: copies }, (_, copy) => (
            <FormPage key={copy} declaration={declaration.data} copy={copy + 1} copies={copies} />
          ))}
      </div>
    </div>,
    document.body,
  );
}
