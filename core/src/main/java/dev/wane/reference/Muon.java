package dev.wane.reference;

/**
 * torch's Muon on one matrix: v ← μv + (1 − μ)g, Nesterov u = (1 − μ)g + μv, orthogonalised by five Newton–Schulz steps
 * X ← aX + (bA + cA²)X with A = XXᵀ and (a, b, c) = (3.4445, −4.775, 2.0315) from X = u/‖u‖; decay by ηλ first, then
 * θ ← θ − η·scale·X. The orthogonalisation of torch runs in bfloat16 and this one in double: they agree to about 1 %.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al. (2024)</a>
 */
public final class Muon implements ReferenceOptimizer {
    private static final double A = 3.4445;
    private static final double B = -4.775;
    private static final double C = 2.0315;
    private static final double EPSILON = 1e-7;
    private static final int ITERATIONS = 5;

    private final int rows;
    private final int columns;
    private final double momentum;
    private final boolean nesterov;
    private final Scale scale;
    private final double[] buffer;

    /** What multiplies an orthogonal update. */
    public enum Scale {
        /** √max(1, rows/columns): keeps the operator norm. */
        ORIGINAL,
        /** 0.2·√max(rows, columns): the RMS of Adam's updates, so that its learning rate and λ can be kept. */
        MATCH_RMS_ADAMW;

        /**
         * The factor.
         *
         * @param rows ≥ 1
         * @param columns ≥ 1
         * @return multiplies the orthogonal update
         */
        public double of(int rows, int columns) {
            return this == ORIGINAL
                    ? Math.sqrt(Math.max(1, (double) rows / columns))
                    : 0.2 * Math.sqrt(Math.max(rows, columns));
        }
    }

    /**
     * An optimizer before its first step.
     *
     * @param rows of the matrix
     * @param columns of the matrix
     * @param momentum μ in [0, 1)
     * @param nesterov whether the gradient is added again
     * @param scale of the update
     */
    public Muon(int rows, int columns, double momentum, boolean nesterov, Scale scale) {
        this.rows = rows;
        this.columns = columns;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.scale = scale;
        this.buffer = new double[rows * columns];
    }

    @Override
    public void step(double[] weights, double[] gradient, double learningRate, double weightDecay) {
        double[] direction = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            buffer[i] = momentum * buffer[i] + (1 - momentum) * gradient[i];
            direction[i] = nesterov ? (1 - momentum) * gradient[i] + momentum * buffer[i] : buffer[i];
        }
        Matrix orthogonal = orthogonal(new Matrix(rows, columns, direction));
        double rate = learningRate * scale.of(rows, columns);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weights[i] * (1 - learningRate * weightDecay)
                    - rate * orthogonal.values()[i];
        }
    }

    private static Matrix orthogonal(Matrix update) {
        if (update.rows() > update.columns()) {
            return orthogonal(update.transposed()).transposed();
        }
        Matrix x = update.times(1 / Math.max(Norms.norm(update.values()), EPSILON));
        for (int i = 0; i < ITERATIONS; i++) {
            Matrix square = x.times(x.transposed());
            Matrix polynomial = square.times(B).plus(square.times(square).times(C));
            x = x.times(A).plus(polynomial.times(x));
        }
        return x;
    }
}
