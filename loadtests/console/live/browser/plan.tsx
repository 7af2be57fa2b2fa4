// browser/plan.tsx: the plan of a shape: walls are processes; what stands inside one lives and dies with it.
// Drawn by shape-panel.tsx.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { Box, BoxState, FaultLive, LiveState, SecondLive, ShapeLive } from '../live-state.ts';
import { type Rate, rateOf } from './rates.ts';

interface Props {
  readonly shape: ShapeLive;
  readonly state: LiveState;
  readonly seconds: readonly SecondLive[];
}

const signs: Readonly<Record<BoxState, string>> = {
  up: '✓',
  starting: '↻ starting',
  hung: '… hangs',
  dead: '✖ DOWN',
  idle: '☾ asleep',
  unknown: '? not known',
};

export function Plan({ shape, state, seconds }: Props) {
  const faults = state.faults.filter(({ shapes }) => shapes.includes(shape.name));
  const door = shape.boxes.find(({ name }) => name === shape.frontDoor);
  const rate = (feature: Feature) => rateOf(seconds, feature, state.atMs);
  const roomOf = (feature: Feature) => {
    const own = shape.boxes.find((box) => box !== door && box.features.includes(feature));
    const fault = faults.find(({ component }) => component === feature);
    return (
      <Branch key={feature} rate={rate(feature)}>
        <Room feature={feature} box={own} fault={fault} nowMs={state.atMs} />
      </Branch>
    );
  };
  const others = shape.boxes.filter(
    (box) => box !== door && !box.features.some((one) => features.includes(one)),
  );
  const isWhole = (door?.features.length ?? 0) > 1 && !shape.boxes.some((box) => box !== door);
  return (
    <div class={`plan ${isWhole ? `wall ${door?.state}` : ''}`} data-door={door?.state}>
      {door && <Door box={door} isWhole={isWhole} others={others} />}
      <div class="rooms">{features.map(roomOf)}</div>
      {isWhole && door?.hasDatabase && <p class="store">▤ one database for all</p>}
    </div>
  );
}

interface DoorProps {
  readonly box: Box;
  readonly isWhole: boolean;
  readonly others: readonly Box[];
}

function Door({ box, isWhole, others }: DoorProps) {
  return (
    <p
      class={`door ${isWhole ? '' : `wall ${box.state}`}`}
      data-box={box.name}
      data-state={box.state}
    >
      <b>{box.name}</b> {signs[box.state]} <small>{detailOf(box)}</small>
      {others.map((other) => (
        <small key={other.name}>
          {' '}
          · {other.name} {signs[other.state]}
        </small>
      ))}
    </p>
  );
}

function detailOf({ processes, rssMb, restarts }: Box): string {
  const parts = [
    processes > 1 ? `${processes} processes` : '',
    // Of one that somebody else runs nothing is known.
    rssMb > 0 ? `${rssMb} MB` : '',
    restarts > 0 ? `↻ ${restarts}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

interface RoomProps {
  readonly feature: Feature;
  /** Undefined for a room of the building: it has no walls of its own. */
  readonly box: Box | undefined;
  readonly fault: FaultLive | undefined;
  readonly nowMs: number;
}

function Room({ feature, box, fault, nowMs }: RoomProps) {
  const leftS = fault?.healsAtMs && Math.max(0, (fault.healsAtMs - nowMs) / 1000);
  return (
    <div
      class={
        box === undefined ? 'room' : `room wall ${box.state} ${box.isFunction ? 'function' : ''}`
      }
      data-box={box?.name ?? feature}
      data-state={box?.state ?? 'inside'}
    >
      <b>{feature}</b>
      {box && (
        <small>
          {signs[box.state]} {box.isFunction ? timesOf(box) : detailOf(box)}
        </small>
      )}
      {box?.hasDatabase && <small class="quiet">▤ its own</small>}
      {fault && (
        <small class="fault">
          ⚡ {fault.kind} {leftS ? `${leftS.toFixed(0)} s` : ''}
        </small>
      )}
    </div>
  );
}

const timesOf = ({ processes }: Box) => (processes > 0 ? `×${processes}` : '');

/** The way from the door: as wide as there are requests, and in the colour of what becomes of them. */
function Branch({
  rate,
  children,
}: {
  readonly rate: Rate;
  readonly children: preact.ComponentChild;
}) {
  const width = rate.perSecond === 0 ? 1 : Math.min(14, 2 + rate.perSecond);
  const tone = rate.lostShare === 0 ? 'well' : rate.lostShare < 0.5 ? 'some-lost' : 'lost';
  const moving = rate.perSecond > 0.2;
  return (
    <div class="branch">
      <i
        class={`way ${moving ? tone : 'still'}`}
        style={{
          height: `${width}px`,
          '--pace': `${Math.max(0.3, 3 / (rate.perSecond + 1)).toFixed(1)}s`,
        }}
        title={`${rate.perSecond.toFixed(1)} requests a second, ${Math.round(rate.lostShare * 100)} % lost`}
      />
      {children}
    </div>
  );
}
