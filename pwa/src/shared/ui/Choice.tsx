// One of a few, as words over a bar (segment): filters and settings.
type Props<T extends string> = {
  label: string;
  options: readonly { value: T; text: string }[];
  chosen: T;
  onChoose: (value: T) => void;
};

export function Choice<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  return (
    <div class="seg" role="group" aria-label={label}>
      {options.map(({ value, text }) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}
