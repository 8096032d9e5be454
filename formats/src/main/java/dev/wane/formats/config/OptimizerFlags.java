package dev.wane.formats.config;

import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.util.Map;
import java.util.Optional;

/** Arguments of an optimizer's constructor that change what its weight decay means. */
final class OptimizerFlags {
    private static final String[] CHANGING = {
        "decoupled_decay",
        "decoupled",
        "corrected_weight_decay",
        "unscaled_wd",
        "decoupled_weight_decay",
        "adam_w_mode",
        "adamw_mode",
        "decouple_lr",
        "no_prox",
        "cautious_weight_decay"
    };
    /** Rows that are just such a flag. */
    private static final Map<String, String> ROWS = Map.of(
            "timm lamb decoupled_decay", "lambw",
            "timm adopt decoupled", "adoptw",
            "timm kron decoupled_decay", "kronw",
            "timm madgrad decoupled_decay", "madgradw",
            "timm adan no_prox", "adanw",
            "timm adamw corrected_weight_decay", "adamc");

    private OptimizerFlags() {}

    /** The row with its flags; empty where no row is that. */
    static Optional<Optimizer> applied(Optional<Optimizer> row, Lookup arguments) {
        Optional<Optimizer> applied = row;
        for (String flag : CHANGING) {
            if (arguments.has(flag)) {
                applied = applied.flatMap(it -> applied(it, flag, arguments.flag(flag)));
            }
        }
        return applied;
    }

    private static Optional<Optimizer> applied(Optimizer row, String flag, boolean on) {
        boolean mode = flag.equals("adam_w_mode") || flag.equals("adamw_mode");
        if (mode) {
            return on ? Optional.of(row) : Registry.find("torch", "adam");
        }
        String id = ROWS.get(row + " " + flag);
        boolean alreadySo = row.framework().equals("torch") && flag.equals("decoupled_weight_decay");
        if (!on || alreadySo) {
            return alreadySo
                            || !flag.startsWith("decoupled")
                            || !row.kind().id().startsWith("decoupled")
                    ? Optional.of(row)
                    : Optional.empty();
        }
        return id == null ? Optional.empty() : Registry.find(row.framework(), id);
    }
}
