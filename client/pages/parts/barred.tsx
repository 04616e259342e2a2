import type { Separation } from '../../reading/separation.ts';
import { Folded } from './small.tsx';

/** Who may not judge, and why (回避). */
export function Barred({ separation: { notHim, barred }, act }: { separation: Separation; act: string }) {
  return (
    <>
      {notHim === null ? null : <p class="lacking">{`您不能${act}：${notHim}。`}</p>}
      {barred.length === 0 ? null : (
        <Folded summary={`须回避的${String(barred.length)}人`}>
          <ul class="barred">
            {barred.map(({ name, why }) => (
              <li>
                <b>{name}</b>
                {`　${why}`}
              </li>
            ))}
          </ul>
        </Folded>
      )}
    </>
  );
}
