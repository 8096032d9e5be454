package dev.wane.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/**
 * A quantity over a run, in bounded memory: where it is full, of every four samples the smallest and the largest stay, so
 * that spikes are not lost. A step that goes back, as after a resume, takes the place of what came after it.
 */
public final class Trace {
    private static final int GROUP = 4;
    /** Of a normal distribution, its standard deviation over the median distance to its middle. */
    private static final double NORMAL = 1.4826;

    private final int capacity;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * An empty trace.
     *
     * @param capacity samples to keep, a multiple of four
     * @throws IllegalArgumentException if it is not
     */
    public Trace(int capacity) {
        if (capacity < GROUP || capacity % GROUP != 0) {
            throw new IllegalArgumentException("capacity must be a multiple of four, got " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Adds a sample.
     *
     * @param step of the run; NaN counts on from the last
     * @param value may be NaN
     * @return whether the run went back
     */
    public boolean add(double step, double value) {
        double at =
                Double.isNaN(step) ? (samples.isEmpty() ? 1 : samples.getLast().step() + 1) : step;
        boolean back = !samples.isEmpty() && at < samples.getLast().step();
        while (!samples.isEmpty() && samples.getLast().step() > at) {
            samples.removeLast();
        }
        samples.add(new Sample(at, value));
        if (samples.size() == capacity) {
            thin();
        }
        return back;
    }

    private void thin() {
        List<Sample> kept = new ArrayList<>(capacity / 2);
        for (int i = 0; i < capacity; i += GROUP) {
            Sample least = samples.get(i);
            Sample most = least;
            for (Sample each : samples.subList(i, i + GROUP)) {
                least = each.value() < least.value() ? each : least;
                most = each.value() > most.value() ? each : most;
            }
            kept.add(least.step() <= most.step() ? least : most);
            kept.add(least.step() <= most.step() ? most : least);
        }
        Sample last = samples.getLast();
        samples.clear();
        samples.addAll(kept);
        samples.set(samples.size() - 1, last);
    }

    /**
     * The same with longer steps.
     *
     * @param factor how much longer, as steps in an epoch
     * @return a new trace
     */
    public Trace stretched(double factor) {
        Trace stretched = new Trace(capacity);
        samples.forEach(sample -> stretched.samples.add(new Sample(factor * sample.step(), sample.value())));
        return stretched;
    }

    /**
     * What is kept, in order of steps.
     *
     * @return a copy
     */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /**
     * Whether nothing was added.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return samples.isEmpty();
    }

    /**
     * The first sample.
     *
     * @return it
     * @throws java.util.NoSuchElementException if there is none
     */
    public Sample first() {
        return samples.getFirst();
    }

    /**
     * The last sample.
     *
     * @return it
     * @throws java.util.NoSuchElementException if there is none
     */
    public Sample last() {
        return samples.getLast();
    }

    /**
     * The largest finite value.
     *
     * @return −∞ where there is none
     */
    public double max() {
        return finite(step -> true).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * The median of the finite values of some steps.
     *
     * @param steps which
     * @return NaN where there are none
     */
    public double median(DoublePredicate steps) {
        double[] sorted = finite(steps).sorted().toArray();
        return middle(sorted);
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /**
     * How far the median of some steps may be off by chance: its standard error, √(π/2n) of the {@link #spread}.
     *
     * @param steps which
     * @return NaN where there are none
     */
    public double medianError(DoublePredicate steps) {
        return spread(steps) * Math.sqrt(Math.PI / 2 / finite(steps).count());
    }

    /**
     * How far the values of some steps scatter: their standard deviation were they normal, 1.4826 of the median distance to
     * the median. A trend counts as scatter.
     *
     * @param steps which
     * @return NaN where there are none
     */
    public double spread(DoublePredicate steps) {
        double middle = median(steps);
        double[] distances =
                finite(steps).map(value -> Math.abs(value - middle)).sorted().toArray();
        return NORMAL * middle(distances);
    }

    /**
     * The step of one of the last finite samples.
     *
     * @param count 1 for the last, 2 for the one before …
     * @param last the last step that is looked at
     * @return NaN where there are not as many
     */
    public double lastStep(int count, double last) {
        double[] steps = samples.stream()
                .filter(sample -> sample.step() <= last && Double.isFinite(sample.value()))
                .mapToDouble(Sample::step)
                .toArray();
        return steps.length < count ? Double.NaN : steps[steps.length - count];
    }

    /**
     * The value at a step: of the last sample at or before it.
     *
     * @param step of the run
     * @return NaN before the first
     */
    public double at(double step) {
        int low = 0;
        int high = samples.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (samples.get(middle).step() <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Double.NaN : samples.get(low - 1).value();
    }

    private DoubleStream finite(DoublePredicate steps) {
        return samples.stream()
                .filter(sample -> steps.test(sample.step()))
                .mapToDouble(Sample::value)
                .filter(Double::isFinite);
    }

    @Override
    public String toString() {
        return Arrays.toString(samples.toArray());
    }
}
