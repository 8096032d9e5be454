package dev.wane.decay;

/**
 * What a weight decay λ is multiplied by before it shrinks a weight.
 *
 * <p>A λ without its convention means nothing: the same 0.1 removes 0.01 % of a weight per step in torch's AdamW at
 * η = 1e-3 and 10 % in a published form of the same algorithm. With no loss gradient, step t multiplies the weight by
 * 1 − d, where d is the <em>decay per step</em>; the convention says what d is for a peak learning rate η, a schedule
 * multiplier s in [0, 1] and λ.
 *
 * <p>Undefined figures are NaN: adaptive optimizers with a coupled penalty have no single decay per step. NaN and
 * infinite arguments give NaN or infinite results; validation belongs to the records that hold the quantities.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019)</a>
 */
public sealed interface DecayConvention
        permits DecoupledLr,
                DecoupledSchedule,
                RawDecay,
                Corrected,
                CorrectedRaw,
                CoupledSgd,
                CoupledAdaptive,
                InTrustRatio,
                Multiplied,
                Penalty {

    /**
     * The name used in JSON and on the command line.
     *
     * @return a lower-case identifier such as {@code decoupled-lr}
     */
    String id();

    /**
     * The fraction of a weight that one step removes.
     *
     * @param learningRate peak learning rate η, ≥ 0
     * @param multiplier schedule multiplier s of the step, in [0, 1]
     * @param weightDecay λ as written, ≥ 0
     * @return d, 1/step; NaN where no single fraction exists
     */
    double decayPerStep(double learningRate, double multiplier, double weightDecay);

    /**
     * The timescale over which a weight forgets, at the peak learning rate.
     *
     * @param learningRate peak learning rate η, ≥ 0
     * @param weightDecay λ as written, ≥ 0
     * @return τ = 1/d in steps, to the order that laws scale; infinite for no decay, NaN where undefined
     */
    default double timescaleSteps(double learningRate, double weightDecay) {
        return 1 / decayPerStep(learningRate, 1, weightDecay);
    }

    /**
     * The inverse of {@link #timescaleSteps}: the λ that has a wanted decay per step (first order).
     *
     * @param learningRate peak learning rate η, &gt; 0
     * @param decayPerStep d wanted at peak, ≥ 0
     * @return λ in this convention; NaN where undefined
     */
    double weightDecayFor(double learningRate, double decayPerStep);

    /**
     * The λ whose {@link #decayPerStep} at peak is exactly a wanted one.
     *
     * @param learningRate peak learning rate η, &gt; 0
     * @param decayPerStep d wanted at peak, ≥ 0
     * @return λ in this convention; NaN where none has that decay
     */
    default double exactWeightDecayFor(double learningRate, double decayPerStep) {
        return weightDecayFor(learningRate, decayPerStep);
    }

    /**
     * The same decay as λ of torch's decoupled optimizers (step multiplies by 1 − ηλ).
     *
     * @param learningRate peak learning rate η, &gt; 0
     * @param weightDecay λ in this convention
     * @param constantSchedule whether the learning rate stays at its peak for the whole run
     * @return λ in the {@code decoupled-lr} convention; NaN where none gives the same decay
     */
    double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule);

    /**
     * How the decay follows the schedule: d_t ∝ s_t^p, for a coupled penalty under momentum to first order.
     *
     * @return p, 0 to 2
     */
    default int schedulePower() {
        return 1;
    }

    /**
     * Whether a decay per step exists at all.
     *
     * @return false for a coupled penalty under an adaptive optimizer and inside a trust ratio
     */
    default boolean hasDecayPerStep() {
        return !Double.isNaN(weightDecayFor(1, 1));
    }
}
