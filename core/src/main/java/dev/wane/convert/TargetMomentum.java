package dev.wane.convert;

import dev.wane.decay.CoupledSgd;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Recipe;
import java.util.Set;

/** What an optimizer makes of a recipe's momentum: some have no Nesterov's, some no other. */
final class TargetMomentum {
    private static final Set<String> CLASSICAL = Set.of("megatron", "djl", "mxnet", "smile");
    private static final CoupledSgd MUONS = new CoupledSgd(0.95, 0, false);

    private TargetMomentum() {}

    static CoupledSgd of(Recipe from, Optimizer optimizer) {
        CoupledSgd applied = from.appliedMomentum();
        if (optimizer.familyOrSgd() == Family.MUON && from.family() != Family.MUON) {
            return MUONS;
        }
        if (applied.momentum() == 0) {
            return applied;
        }
        if (always(optimizer)) {
            return new CoupledSgd(applied.momentum(), 0, true);
        }
        return never(optimizer) ? new CoupledSgd(applied.momentum(), applied.dampening(), false) : applied;
    }

    private static boolean always(Optimizer optimizer) {
        return optimizer.nesterov() || optimizer.framework().equals("dl4j");
    }

    private static boolean never(Optimizer optimizer) {
        boolean classical =
                optimizer.framework().equals("timm") && optimizer.id().equals("momentum");
        return classical || CLASSICAL.contains(optimizer.framework());
    }
}
