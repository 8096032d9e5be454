package dev.wane.engine;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's class scores on a set of examples, outside libtorch, and what follows from them.
 *
 * @param scores row after row
 * @param labels class of each row
 * @param classes scores per row
 */
@SuppressWarnings("ArrayRecordComponent")
public record Logits(float[] scores, int[] labels, int classes) {
    private static final int CHUNK = 1000;

    /** Runs a model over examples without gradients, in chunks. */
    public static Logits of(Model model, Examples examples) {
        int count = examples.count();
        float[] scores = {};
        int[] labels = new int[count];
        int classes = 0;
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int start = 0; start < count; start += CHUNK) {
                int size = Math.min(CHUNK, count - start);
                Tensor chunk =
                        model.logits(examples.inputs().narrow(0, start, size)).contiguous();
                classes = (int) chunk.size(1);
                scores = start == 0 ? new float[count * classes] : scores;
                new FloatPointer(chunk.data_ptr_float()).get(scores, start * classes, size * classes);
            }
            Tensor all = examples.labels().toType(torch.ScalarType.Int).contiguous();
            all.data_ptr_int().get(labels);
        }
        return new Logits(scores, labels, classes);
    }

    /** Share of rows whose largest score is not that of their class; a NaN score counts as wrong. */
    public double error() {
        int wrong = 0;
        for (int row = 0; row < labels.length; row++) {
            wrong += isRight(row) ? 0 : 1;
        }
        return (double) wrong / labels.length;
    }

    /**
     * Mean negative log likelihood in nats of softmax(scores/temperature).
     *
     * @param temperature &gt; 0; 1 for the model as it is
     */
    public double nll(double temperature) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum += logSumExp(row, temperature) - score(row, labels[row]) / temperature;
        }
        return sum / labels.length;
    }

    /**
     * How the mean negative log likelihood of softmax(inverseTemperature·scores) changes with inverseTemperature.
     *
     * @param first mean over rows of E[score] − score of the row's class
     * @param second mean over rows of Var[score], ≥ 0; both under the softmax
     */
    record Slope(double first, double second) {}

    Slope slope(double inverseTemperature) {
        double first = 0;
        double second = 0;
        for (int row = 0; row < labels.length; row++) {
            double largest = largest(row);
            double weight = 0;
            double mean = 0;
            double square = 0;
            for (int c = 0; c < classes; c++) {
                double below = score(row, c) - largest;
                double term = Math.exp(inverseTemperature * below);
                weight += term;
                mean += term * below;
                square += term * below * below;
            }
            mean /= weight;
            first += mean - (score(row, labels[row]) - largest);
            second += square / weight - mean * mean;
        }
        return new Slope(first / labels.length, second / labels.length);
    }

    private boolean isRight(int row) {
        double own = score(row, labels[row]);
        for (int c = 0; c < classes; c++) {
            if (c != labels[row] && !(own > score(row, c))) {
                return false;
            }
        }
        return true;
    }

    private double logSumExp(int row, double temperature) {
        double largest = largest(row);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp((score(row, c) - largest) / temperature);
        }
        return largest / temperature + Math.log(sum);
    }

    private double largest(int row) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, score(row, c));
        }
        return largest;
    }

    private double score(int row, int column) {
        return scores[row * classes + column];
    }
}
