package dev.wane.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * Training that breaks down and recovers in cycles: normalised weights shrink under decay while gradients are small, the
 * effective learning rate rises until it is unstable, and a burst blows the weights up again. The period is ∝ 1/(ηλ)
 * (Lobacheva et al. 2106.15739).
 */
final class LossCycles implements Diagnoser {
    private static final double JUMP = 3;
    private static final int LEAST = 5;
    /** Five bursts at random distances are as even as that in one run of twenty. */
    private static final double REGULAR = 0.3;

    /** Of a weight within a period: where decay takes less, it is not what makes the bursts. */
    private static final double LEAST_DECAY = 0.01;

    private static final int AROUND = 25;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        Trace loss = run.trainLoss().orElse(null);
        double lambda = run.lambda();
        if (loss == null || !(lambda > 0)) {
            return List.of();
        }
        List<Double> bursts = bursts(loss);
        if (bursts.size() < LEAST) {
            return List.of();
        }
        double[] gaps = gaps(bursts);
        double mean = (bursts.getLast() - bursts.getFirst()) / gaps.length;
        double spread = spread(gaps, mean);
        if (spread > REGULAR) {
            return List.of();
        }
        double rate = run.learningRate().map(Trace::max).orElse(Double.NaN);
        if (mean * rate * lambda < LEAST_DECAY) {
            return List.of();
        }
        return List.of(new Diagnosis(
                "loss-cycles",
                Diagnosis.Severity.WARNING,
                bursts.size() + " bursts of the training loss, " + Diagnoser.number(mean) + " steps apart (± "
                        + Diagnoser.number(100 * spread) + " %)"
                        + (Double.isNaN(rate) ? "" : "; period × ηλ = " + Diagnoser.number(mean * rate * lambda)),
                LEAST + " or more bursts above " + JUMP + " times the median around them, their distances within "
                        + Diagnoser.number(100 * REGULAR) + " %",
                bursts.getFirst(),
                "lower the learning rate at the end, or λ; a larger ε in the normalisation damps it",
                "arXiv:2106.15739"));
    }

    /** The first step of each stretch above three times the median of those around it. */
    private static List<Double> bursts(Trace loss) {
        List<Sample> samples = loss.samples();
        List<Double> bursts = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < samples.size(); i++) {
            List<Sample> around = samples.subList(Math.max(0, i - AROUND), Math.min(samples.size(), i + AROUND + 1));
            double usual = median(around);
            boolean high = i > AROUND && usual > 0 && samples.get(i).value() > JUMP * usual;
            if (high && !inside) {
                bursts.add(samples.get(i).step());
            }
            inside = high;
        }
        return bursts;
    }

    private static double median(List<Sample> samples) {
        double[] sorted = samples.stream().mapToDouble(Sample::value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double[] gaps(List<Double> bursts) {
        double[] gaps = new double[bursts.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = bursts.get(i + 1) - bursts.get(i);
        }
        return gaps;
    }

    private static double spread(double[] gaps, double mean) {
        double squares = 0;
        for (double gap : gaps) {
            squares += (gap - mean) * (gap - mean);
        }
        return Math.sqrt(squares / gaps.length) / mean;
    }
}
