// browser/problems.tsx: what was not done, in the lab's own words.
// Drawn beside the control that asked for it.

export function Problems({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <div class="problems" role="alert">
      {sentences.map((sentence) => (
        <p key={sentence}>✖ {sentence}</p>
      ))}
    </div>
  );
}
