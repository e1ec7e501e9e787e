// Vehicles that are out and have to come back, those due first in front.
import type { CrossingView } from "../../api/bindings";
import { TimeLeftText } from "../../components/TimeLeftText";
import { useWords } from "../../i18n";
import { onRowKey } from "../../lib/rows";
import { useMoment } from "./VehicleCard";

export function OutsideTable(props: {
  rows: CrossingView[];
  chosen: string | null;
  now: number;
  onChoose: (plate: string) => void;
}) {
  const { t } = useWords();
  const moment = useMoment();
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("vehicle.plate")}</th>
          <th>{t("vehicle.kind")}</th>
          <th>{t("vehicle.owner")}</th>
          <th>{t("vehicle.leftAt")}</th>
          <th>{t("vehicle.dueBack")}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, at) => (
          <tr
            key={row.id}
            data-testid={`outside-row-${at}`}
            tabIndex={at === 0 || row.plate === props.chosen ? 0 : -1}
            aria-selected={row.plate === props.chosen}
            onClick={() => props.onChoose(row.plate)}
            onKeyDown={(event) => onRowKey(event, () => props.onChoose(row.plate))}
          >
            <td>
              <strong>{row.plate}</strong>
            </td>
            <td>{row.kind && t(`vehicleKind.${row.kind}`)}</td>
            <td>{row.owner_name}</td>
            <td>{moment(row.left.at)}</td>
            <td>
              {row.due === null ? (
                <span className="soft">{t("vehicle.noLimit")}</span>
              ) : (
                <TimeLeftText deadline={row.due} overdue={row.late} now={props.now} short />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
