import type { IsoDate } from '../../../workflows/rules/instants.ts';
import type { PrintReading } from '../../prints/read-prints.ts';
import { shortDayWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { ActingPerson } from './acts-fields.tsx';
import { Heading } from './layout.tsx';
import { Lamp } from './small.tsx';

const shown = 8;

interface PrintListProps {
  readonly prints: readonly PrintReading[];
  readonly today: IsoDate;
  readonly seal: FormSeal;
}

/** Pages that wait to be printed and brought (待打印送达), each with the form that says it was brought. */
export function PrintList({ prints, today, seal }: PrintListProps) {
  if (prints.length === 0) return null;
  return (
    <section class="duties" aria-labelledby="h-prints" id="prints">
      <Heading id="h-prints" count={prints.length} note="收件人没有邮箱；送达后登记，答复请代录">
        待打印送达
      </Heading>
      <ul>
        {prints.slice(0, shown).map((print) => (
          <li class="duty">
            <span class="code">{print.number}</span>
            <div class="what">
              <p class="what-title">{print.unit === '' ? print.person : `${print.person}（${print.unit}）`}</p>
              <p class="bits">
                <span>{print.codes.slice(0, 6).join('、')}</span>
                <span>{`${shortDayWords(print.preparedOn)}备好`}</span>
              </p>
              <DeliveryForm print={print} today={today} seal={seal} />
            </div>
            <div class="when">
              {print.state === 'overdue' ? <Lamp colour="red">送达已逾期</Lamp> : <span class="left">待送达</span>}
              <span class="by">{`最迟${shortDayWords(print.deliverBy)}`}</span>
            </div>
            <a class="button" href={`/prints/${print.id}`}>
              打印
              <span class="unseen">{` ${print.number}`}</span>
            </a>
          </li>
        ))}
      </ul>
      {prints.length > shown ? (
        <p class="more">{`其余${String(prints.length - shown)}份，送达前面的就会显示。`}</p>
      ) : null}
    </section>
  );
}

function DeliveryForm({
  print: { id, number, office, preparedOn },
  today,
  seal,
}: Omit<PrintListProps, 'prints'> & { print: PrintReading }) {
  if (office.length === 0) return <p class="lacking">还没有督办办公室的人，不能登记送达。</p>;
  return (
    <details class="act">
      <summary>
        <b>登记送达</b>
        <span class="unseen">{` ${number}`}</span>
      </summary>
      <form class="form" method="post" action={`/prints/${id}/delivery`}>
        <input type="hidden" name="seal" value={seal} />
        <ActingPerson id={`by-${id}`} holders={office} roleName="督办办公室" label="由谁送达" />
        <div>
          <label for={`on-${id}`}>哪天送达</label>
          <input type="date" id={`on-${id}`} name="on" value={today} min={preparedOn} max={today} required />
        </div>
        <button class="button" type="submit">
          登记送达
        </button>
      </form>
    </details>
  );
}
