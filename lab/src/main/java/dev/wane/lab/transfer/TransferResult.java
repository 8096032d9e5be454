package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.Metric;
import dev.wane.formats.experiment.TargetSpec;
import dev.wane.lab.fit.Curve;
import dev.wane.lab.fit.Optimum;
import dev.wane.lab.trial.Provenance;
import dev.wane.model.ModelSpec;
import dev.wane.model.Network;
import dev.wane.model.Normalization;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import dev.wane.recipe.Recipe;
import java.util.List;

/**
 * What a transfer study found.
 *
 * @param experiment as it was run
 * @param quick whether seeds and grid were cut down
 * @param models one per network
 * @param trials trained in all
 * @param seconds wall time of this call
 * @param provenance of the process that judged
 * @param failures trials that ended without a figure; they count as diverged
 */
public record TransferResult(
        Experiment experiment,
        boolean quick,
        List<ModelResult> models,
        int trials,
        double seconds,
        Provenance provenance,
        List<FailedTrial> failures) {

    public TransferResult {
        models = List.copyOf(models);
        failures = List.copyOf(failures);
    }

    /**
     * One network, tuned at the base.
     *
     * @param curve validation metric against λ
     * @param optimum of the curve
     */
    public record ModelResult(Network model, Curve curve, Optimum optimum, List<TargetResult> targets) {
        public ModelResult {
            targets = List.copyOf(targets);
        }
    }

    /**
     * One network carried to one target.
     *
     * @param recipe of the target
     * @param curve validation metric against λ at the target
     * @param optimum of the curve
     * @param planned one per applicable law
     * @param unscaled the base's λ as it is
     * @param best the fitted λ of the target's own curve
     */
    public record TargetResult(
            TargetSpec target,
            Recipe recipe,
            Plan plan,
            Curve curve,
            Optimum optimum,
            List<Planned> planned,
            Judgement unscaled,
            Arm best) {

        public TargetResult {
            planned = List.copyOf(planned);
        }

        /** Standard deviation over seeds at the best λ. */
        public double noise() {
            return best.deviation();
        }

        /** The recommended law's λ; where none is recommended, the first law's. */
        public Planned headline() {
            return planned.stream()
                    .filter(entry -> entry.alternative().recommended())
                    .findFirst()
                    .orElseGet(planned::getFirst);
        }
    }

    /** A law's λ and how it did. */
    public record Planned(Alternative alternative, Judgement judgement) {}

    /** Whether the laws are expected to hold for a network and this study's metric, or why not. */
    public String applicability(Network model) {
        boolean normalised = model instanceof ModelSpec spec && spec.norm() != Normalization.NONE;
        return normalised && experiment.metric().equals(Metric.NLL)
                ? "not-expected: raw loss also falls with confidence, which λ sets; judge by error or calibratedNll"
                : model.applicability();
    }

    /** Root mean square over all targets that trained of the seed standard deviation at the best λ. */
    public double noise() {
        return Math.sqrt(models.stream()
                .flatMap(model -> model.targets().stream())
                .mapToDouble(target -> target.noise() * target.noise())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN));
    }
}
