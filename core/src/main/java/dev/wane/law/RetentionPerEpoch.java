package dev.wane.law;

import dev.wane.decay.Decay;
import dev.wane.dynamics.Retention;

/**
 * Keeps the share of a weight that decay alone leaves after one epoch, exactly.
 *
 * <p>Constant schedule without warm-up, decoupled-lr: λ₂ = [1 − (1 − η₁λ₁)^κ]/η₂ with κ = M₁/M₂. Any other schedule:
 * (Π(1 − d_t))^(1/E) equal, solved for λ₂. To first order it is {@link ConstantTimescale}; they differ by about
 * κη₁λ₁/2, relative. NaN where no λ₂ leaves that much.
 */
public record RetentionPerEpoch() implements DecayLaw {
    private static final int MAX_ITERATIONS = 200;

    @Override
    public String id() {
        return "retention";
    }

    @Override
    public String formula() {
        return "(Π(1−d_t))^(1/E) kept; constant schedule: λ₂ = [1−(1−η₁λ₁)^κ]/η₂, κ = M₁/M₂";
    }

    @Override
    public String source() {
        return "derived";
    }

    @Override
    public String validity() {
        return "exact form of constant-timescale; η₁λ₁ < 1";
    }

    @Override
    public Applicability applicability(Setting base, Setting target) {
        Applicability firstOrder = new ConstantTimescale().applicability(base, target);
        if (!firstOrder.applicable()) {
            return firstOrder;
        }
        if (bothConstant(base, target)) {
            return Applicability.yes("keeps the exact retention per epoch");
        }
        if (base.executedSteps() < 1 || target.executedSteps() < 1) {
            return Applicability.no("needs the run length: the schedule's steps count");
        }
        return Applicability.yes("keeps the exact retention per epoch under the schedule");
    }

    @Override
    public double weightDecay(double weightDecay, Setting base, Setting target) {
        if (weightDecay == 0) {
            return 0;
        }
        double wanted = logPerEpoch(weightDecay, base, bothConstant(base, target));
        if (!(wanted > Double.NEGATIVE_INFINITY)) {
            return Double.NaN;
        }
        double firstOrder = new ConstantTimescale().weightDecay(weightDecay, base, target);
        return solve(wanted, firstOrder, target, bothConstant(base, target));
    }

    private static boolean bothConstant(Setting base, Setting target) {
        return base.schedule().isConstant() && target.schedule().isConstant();
    }

    /** ln of the retention per epoch: at peak where the schedule is constant, else as scheduled. */
    private static double logPerEpoch(double weightDecay, Setting setting, boolean constant) {
        Decay decay = new Decay(weightDecay, setting.convention());
        if (constant) {
            return setting.stepsPerEpoch() * Math.log1p(-decay.perStep(setting.learningRate()));
        }
        Retention retention = Retention.of(decay, setting.learningRate(), setting.schedule(), setting.executedSteps());
        return -retention.effective() / setting.epochs();
    }

    /** Bisection on λ; log retention falls strictly with λ until d reaches 1, where it is NaN or −∞: too much. */
    private static double solve(double wanted, double guess, Setting target, boolean constant) {
        double low = 0;
        double high = 2 * guess;
        while (logPerEpoch(high, target, constant) > wanted) {
            high *= 2;
        }
        for (int i = 0; i < MAX_ITERATIONS && Math.nextUp(low) < high; i++) {
            double middle = low + (high - low) / 2;
            if (logPerEpoch(middle, target, constant) > wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
