// Residents' vehicles: the plate first, then out or back; who is away and until when.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SessionView, SystemStatus, VehicleFind } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { useChanged, useOutside, useVehicle } from "../api/queries";
import { AskDialog } from "../components/AskDialog";
import { Problem, TextField } from "../components/kit";
import { Refusal } from "../components/Refusal";
import { RevealDialog } from "../components/RevealDialog";
import { ScreenKeys } from "../components/ScreenKeys";
import { PaperPreview } from "../features/print/PaperPreview";
import { OutsideTable } from "../features/vehicles/OutsideTable";
import { RegisterDialog } from "../features/vehicles/RegisterDialog";
import { History, VehicleCard } from "../features/vehicles/VehicleCard";
import classes from "../features/vehicles/Vehicles.module.css";
import { useWords } from "../i18n";
import { isComposing } from "../lib/keyboard";
import { useNow } from "../lib/now";
import { decides, takesSteps } from "../lib/steps";

type Asking = "register" | "other_gate" | "extend" | "strike";

export function VehiclesScreen(props: {
  session: SessionView;
  status: SystemStatus;
  active: boolean;
}) {
  const { t } = useWords();
  const { session } = props;
  const client = useClient();
  const queries = useQueryClient();
  const changed = useChanged();
  const now = useNow();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [plate, setPlate] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [printing, setPrinting] = useState(false);
  const [revealing, setRevealing] = useState(false);
  const reveals = session.commands.includes("person_export");
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState("");
  const vehicle = useVehicle(plate);
  const outside = useOutside(session.gate, props.active);
  const year = Number(props.status.today.slice(0, 4));
  useEffect(() => box.current?.focus(), []);

  const show = async (found: VehicleFind) => {
    setAsking(null);
    setReason("");
    setPlate(found.plate);
    setTyped(found.plate);
    // The command has answered what looking the plate up would.
    queries.setQueryData(["vehicle_find", found.plate], found);
    await queries.invalidateQueries({ queryKey: ["vehicle_outside"] });
    box.current?.select();
  };
  const found = vehicle.data ?? null;
  const way = found?.away ? "back" : "out";
  const cross = useMutation({
    mutationFn: (why: string) =>
      client.call("vehicle_cross", { plate: found?.plate ?? "", way, ...(why && { reason: why }) }),
    onSuccess: show,
    onError: (error) => {
      const elsewhere = violationsOf(error).some(({ code }) => code === "vehicle_other_gate");
      if (elsewhere && decides(session.role)) {
        setAsking("other_gate");
      }
    },
  });
  const extend = useMutation({
    mutationFn: () =>
      client.call("vehicle_extend", { id: found?.away?.id ?? "", hours: Number(hours), reason }),
    onSuccess: async () => {
      setAsking(null);
      setReason("");
      setHours("");
      await changed("vehicle_extend");
    },
  });
  const strike = useMutation({
    mutationFn: () =>
      client.call("vehicle_strike_off", { id: found?.vehicle?.id ?? "", reason: reason.trim() }),
    onSuccess: show,
  });
  const write = useMutation({
    mutationFn: (format: "csv" | "xlsx") =>
      client.call("vehicle_export", { gate: session.gate, year, format }),
  });

  const look = (text: string) => {
    const next = text.trim();
    cross.reset();
    if (next === plate) {
      void queries.invalidateQueries({ queryKey: ["vehicle_find", next] });
    } else if (next !== "") {
      queries.removeQueries({ queryKey: ["vehicle_find", next] });
      setPlate(next);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(typed);
  };
  const open = (what: Asking) => () => {
    extend.reset();
    strike.reset();
    setReason("");
    setAsking(what);
  };
  const works = takesSteps(session.role);
  const known = found?.vehicle ?? null;
  const mayCross = works && found !== null && (found.away !== null || known?.holds === true);
  const late = outside.data?.filter((row) => row.late).length ?? 0;
  const done = cross.data && cross.data.plate === plate ? cross.data : null;
  return (
    <div className="screen">
      <div className={classes.screen}>
        <div className={classes.side}>
          <form onSubmit={submit}>
            <input
              ref={box}
              className={classes.box}
              data-testid="plate-box"
              aria-label={t("vehicle.plate")}
              placeholder={t("vehicle.placeholder")}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && isComposing(event)) {
                  event.preventDefault();
                }
              }}
            />
          </form>
          {vehicle.isError && <Problem>{messageOf(vehicle.error)}</Problem>}
          {asking === null && <Refusal error={cross.error} testId="cross-refusal" />}
          {done && (
            <p className={classes.done} role="status" data-testid="cross-done">
              {t(done.away ? "vehicle.wentOut" : "vehicle.cameBack", { plate: done.plate })}
            </p>
          )}
          {found && <VehicleCard found={found} now={now} />}
          {found && <History rows={found.history} />}
        </div>
        <section className={`panel ${classes.list}`} aria-label={t("vehicle.away")}>
          <div className={classes.head}>
            <h1>{t("vehicle.away")}</h1>
            {late > 0 && (
              <span className={classes.late} data-testid="outside-late">
                {t("vehicle.lateCount", { count: late })}
              </span>
            )}
          </div>
          {outside.isError && <Problem>{messageOf(outside.error)}</Problem>}
          {write.data && (
            <p className={classes.done} role="status" data-testid="vehicle-path">
              {t("report.savedAt", { path: write.data.path })}
            </p>
          )}
          <Refusal error={write.error} />
          <div className={classes.scroll}>
            {outside.data?.length === 0 ? (
              <p className={classes.empty} data-testid="outside-empty">
                {t("vehicle.nobodyAway")}
              </p>
            ) : (
              <OutsideTable
                rows={outside.data ?? []}
                chosen={found?.plate ?? null}
                now={now}
                onChoose={(next) => {
                  setTyped(next);
                  look(next);
                }}
              />
            )}
          </div>
        </section>
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F2",
            label: t("vehicle.plate"),
            action: () => {
              box.current?.focus();
              box.current?.select();
            },
          },
          {
            key: "F9",
            label: t(`vehicle.do.${way}`),
            action: mayCross && !cross.isPending ? () => cross.mutate("") : undefined,
          },
          { key: "F3", label: t("vehicle.register"), action: works ? open("register") : undefined },
          {
            key: "F6",
            label: t("vehicle.extend"),
            action: decides(session.role) && found?.away?.due ? open("extend") : undefined,
            inBar: decides(session.role),
          },
          {
            key: "F7",
            label: t("vehicle.strike"),
            action: works && known && known.struck_off === null ? open("strike") : undefined,
          },
          { key: "F4", label: t("keys.exportCsv"), action: () => write.mutate("csv") },
          { key: "F8", label: t("keys.exportXlsx"), action: () => write.mutate("xlsx") },
          {
            key: "Ctrl+E",
            label: t("reveal.key"),
            action: reveals ? () => setRevealing(true) : undefined,
            inBar: false,
          },
          {
            key: "Ctrl+P",
            label: t("keys.printPaper"),
            action: works ? () => setPrinting(true) : undefined,
          },
          { key: "↑↓", label: t("keys.move"), inBar: false },
          { key: "Enter", label: t("keys.pick"), inBar: false },
        ]}
      />
      {revealing && (
        <RevealDialog
          title={t("reveal.title")}
          text={t("reveal.text", { what: `QLPT-BG ${year}` })}
          formats={["xlsx", "csv"] as const}
          write={(caller, format, reveal) =>
            caller.call("vehicle_export", { gate: session.gate, year, format, reveal })
          }
          onClose={() => setRevealing(false)}
        />
      )}
      {printing && (
        <PaperPreview
          name={`QLPT-BG ${year}`}
          ask={(caller) => caller.call("vehicle_print", { gate: session.gate, year })}
          onClose={() => setPrinting(false)}
        />
      )}
      {asking === "register" && (
        <RegisterDialog
          found={found}
          typed={typed}
          year={year}
          onDone={show}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "other_gate" && (
        <AskDialog
          title={t("vehicle.otherGate")}
          confirm={t(`vehicle.do.${way}`)}
          busy={cross.isPending}
          error={cross.error}
          ready={reason.trim() !== ""}
          testId="vehicle-reason"
          onConfirm={() => cross.mutate(reason.trim())}
          onClose={() => setAsking(null)}
        >
          <p>{t("vehicle.otherGateText")}</p>
          <TextField
            label={t("field.reason")}
            value={reason}
            onChange={setReason}
            testId="reason"
            required
            autoFocus
          />
        </AskDialog>
      )}
      {asking === "extend" && (
        <AskDialog
          title={t("vehicle.extend")}
          confirm={t("vehicle.extend")}
          busy={extend.isPending}
          error={extend.error}
          ready={/^[1-9]\d?$/.test(hours.trim()) && reason.trim() !== ""}
          testId="vehicle-extend"
          onConfirm={() => extend.mutate()}
          onClose={() => setAsking(null)}
        >
          <p>{t("vehicle.extendText")}</p>
          <TextField
            label={t("vehicle.hours")}
            value={hours}
            onChange={setHours}
            testId="hours"
            required
            autoFocus
          />
          <TextField
            label={t("field.reason")}
            value={reason}
            onChange={setReason}
            testId="reason"
            required
          />
        </AskDialog>
      )}
      {asking === "strike" && known && (
        <AskDialog
          title={t("vehicle.strikeTitle", { plate: known.plate })}
          confirm={t("vehicle.strike")}
          kind="danger"
          busy={strike.isPending}
          error={strike.error}
          ready={reason.trim() !== ""}
          testId="vehicle-strike"
          onConfirm={() => strike.mutate()}
          onClose={() => setAsking(null)}
        >
          <TextField
            label={t("field.reason")}
            value={reason}
            onChange={setReason}
            testId="reason"
            required
            autoFocus
          />
        </AskDialog>
      )}
    </div>
  );
}
