package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * Megatron's {@code --rampup-batch-size START INCREMENT SAMPLES}: over the first samples of a run its batch grows by equal
 * increments to the whole.
 */
record BatchRamp(double start, double increment, double samples) {
    private static final long MOST = 10_000_000;

    /** Empty where there is none, or its numbers are not known. */
    static Optional<BatchRamp> of(Lookup root) {
        Node written = root.find("rampup_batch_size").map(Lookup.Entry::value).orElse(null);
        List<Double> numbers = Lookup.numbers(written);
        return numbers.size() == 3 && numbers.stream().allMatch(number -> number > 0)
                ? Optional.of(new BatchRamp(numbers.get(0), numbers.get(1), numbers.get(2)))
                : Optional.empty();
    }

    /** Steps of a run that is counted in samples; NaN where the ramp does not lead to the batch. */
    double steps(double batch, double all) {
        double increments = (batch - start) / increment;
        if (!(increments >= 1) || increments != Math.rint(increments) || Double.isNaN(all)) {
            return Double.NaN;
        }
        double each = samples / increments;
        double consumed = 0;
        long steps = 0;
        while (consumed <= samples && consumed <= all && steps < MOST) {
            consumed += consumed > samples ? batch : start + Math.floor(consumed / each) * increment;
            steps++;
        }
        return steps == MOST ? Double.NaN : steps + Math.max(0, Math.floor((all - consumed) / batch));
    }
}
