// Entering a vehicle in the yearly register: what it is, whose it is, for which year.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { PersonHit, VehicleFind, VehicleKind } from "../../api/bindings";
import { useClient } from "../../api/client";
import { AskDialog } from "../../components/AskDialog";
import { ChoiceField, TextField } from "../../components/kit";
import { PersonSearch } from "../../components/PersonSearch";
import { useWords } from "../../i18n";
import { newId } from "../../lib/ids";
import classes from "./Vehicles.module.css";

const KINDS = ["truck", "motorcycle", "car", "boat", "handcart"] as const;

export function RegisterDialog(props: {
  found: VehicleFind | null;
  typed: string;
  year: number;
  onDone: (found: VehicleFind) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const before = props.found?.vehicle;
  const [id] = useState(newId);
  const [plate, setPlate] = useState(props.found?.plate || props.typed);
  const [kind, setKind] = useState<VehicleKind>(before?.kind ?? "truck");
  // A vehicle that is registered for this year is renewed for the next.
  const [year, setYear] = useState(before?.holds ? props.year + 1 : props.year);
  const [owner, setOwner] = useState<Pick<PersonHit, "id" | "name"> | null>(
    before ? { id: before.owner, name: before.owner_name } : null,
  );
  const register = useMutation({
    mutationFn: () =>
      client.call("vehicle_register", { id, plate, kind, owner: owner?.id ?? "", year }),
    onSuccess: props.onDone,
  });
  return (
    <AskDialog
      title={t("vehicle.register")}
      confirm={t("vehicle.registerConfirm", { year })}
      busy={register.isPending}
      error={register.error}
      ready={plate.trim() !== "" && owner !== null}
      testId="vehicle-register"
      onConfirm={() => register.mutate()}
      onClose={props.onClose}
    >
      <TextField
        label={t("vehicle.plate")}
        value={plate}
        onChange={setPlate}
        testId="register-plate"
        required
        autoFocus={plate === ""}
      />
      <ChoiceField
        label={t("vehicle.kind")}
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}
        options={KINDS.map((value) => ({ value, label: t(`vehicleKind.${value}`) }))}
        testId="register-kind"
        autoFocus={plate !== ""}
      />
      <ChoiceField
        label={t("vehicle.year")}
        value={String(year)}
        onChange={(value) => setYear(Number(value))}
        options={[props.year, props.year + 1].map((one) => ({
          value: String(one),
          label: String(one),
        }))}
        testId="register-year"
      />
      {owner && (
        <p className={classes.owner} data-testid="register-owner">
          {t("vehicle.owner")}: <strong>{owner.name}</strong>
        </p>
      )}
      <span>{t("vehicle.findOwner")}</span>
      <PersonSearch label={t("vehicle.findOwner")} onPick={setOwner} />
    </AskDialog>
  );
}
