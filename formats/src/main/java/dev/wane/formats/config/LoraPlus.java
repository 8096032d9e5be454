package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;

/** LoRA+, under which one of an adapter's two matrices has a learning rate of its own, and with it a decay of its own. */
final class LoraPlus {
    private static final String KEY = "loraplus_lr_ratio";

    private LoraPlus() {}

    /** Nothing where no ratio is known. */
    static List<Finding> findings(Lookup root) {
        Found<Double> ratio = root.number(KEY);
        return ratio != null && ratio.value() != null
                ? List.of(new Finding(
                        "lora-plus",
                        Severity.INFO,
                        "learningRate",
                        "the B matrices train at " + root.textOr("", KEY)
                                + " times this learning rate, with the same λ: their decay per step is as many times larger",
                        "read every figure here as that of the A matrices",
                        "arXiv:2402.12354; LLaMA-Factory, trainer_utils.py"))
                : List.of();
    }
}
