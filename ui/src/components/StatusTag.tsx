// The state of a declaration as a small tag: what it waits for while it is under way.
import type { Stage } from "../api/bindings";
import { useWords } from "../i18n";

const TONES = {
  registered: "good",
  cancelled: "refuse",
  refused: "refuse",
  returned: "refuse",
} as const;
const STAGE_TONES = {
  inspection: "warm",
  certificates: "warm",
  tax: "brand",
  payment: "brand",
  release: "brand",
  released: "good",
} as const satisfies Record<Stage, string>;

function isKnown(status: string): status is keyof typeof TONES {
  return status in TONES;
}

export function StatusTag({ status, stage = null }: { status: string; stage?: Stage | null }) {
  const { t } = useWords();
  if (stage !== null) {
    return (
      <span className="tag" data-tone={STAGE_TONES[stage]} data-stage={stage}>
        {t(`stage.${stage}`)}
      </span>
    );
  }
  return isKnown(status) ? (
    <span className="tag" data-tone={TONES[status]}>
      {t(`status.${status}`)}
    </span>
  ) : (
    <span className="tag">{status}</span>
  );
}
