// The pages of a sheet as the typesetter drew them, on screen and for the system's print dialog.
import { useEffect, useRef } from "react";
import { useWords } from "../../i18n";
import classes from "./PrintPreview.module.css";

/** Width and height of a drawing in millimetres, as its own head states them in points. */
export function sizeOf(drawing: string): { width: number; height: number } {
  const side = (name: string) => {
    const points = new RegExp(`\\s${name}="([\\d.]+)pt"`).exec(drawing)?.[1];
    return (Number(points ?? 0) * 25.4) / 72;
  };
  return { width: side("width"), height: side("height") };
}

const source = (drawing: string) => `data:image/svg+xml;utf8,${encodeURIComponent(drawing)}`;

export function Pages(props: {
  pages: string[];
  title: string;
  /** Called once when every page can be seen, to print them. */
  onDrawn?: () => void;
}) {
  const { t } = useWords();
  const { pages, onDrawn } = props;
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(onDrawn);
  drawn.current = onDrawn;
  useEffect(() => {
    let left = false;
    const images = [...(box.current?.querySelectorAll("img") ?? [])];
    void Promise.all(pages.map((_, page) => images[page]?.decode?.())).then(() => {
      if (!left) {
        drawn.current?.();
      }
    });
    return () => {
      left = true;
    };
  }, [pages]);
  const { width, height } = sizeOf(pages[0] ?? "");
  return (
    <div ref={box} className={classes.sheets}>
      {/* The paper of the dialog is the paper of the sheet, and nothing is scaled to fit. */}
      <style>{`@page { size: ${width.toFixed(1)}mm ${height.toFixed(1)}mm; margin: 0; }`}</style>
      {pages.map((drawing, page) => (
        <img
          key={page}
          className={classes.sheet}
          style={{ width: `${sizeOf(drawing).width.toFixed(1)}mm` }}
          src={source(drawing)}
          alt={t("print.page", { title: props.title, page: page + 1, pages: pages.length })}
        />
      ))}
    </div>
  );
}
