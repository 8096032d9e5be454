package dev.wane.formats.config;

import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What offloading the optimizer to the CPU does to it: accelerate puts DeepSpeed's CPU Adam in the place of the trainer's
 * optimizer, decoupled only for a 32-bit AdamW.
 */
final class Offload {
    private static final Set<String> COUPLED = Set.of(
            "adamw_bnb_8bit",
            "adamw_8bit",
            "paged_adamw_8bit",
            "adamw_torch_8bit",
            "adamw_torch_4bit",
            "adamw_apex_fused",
            "ademamix_8bit",
            "lion_8bit",
            "paged_lion_8bit",
            "adafactor",
            "sgd");

    private Offload() {}

    /** Whether the optimizer that the trainer names becomes an Adam with its λ in the gradient. */
    static boolean turnsCoupled(Lookup deepSpeed, @Nullable String optimizer) {
        String device = deepSpeed.textOr("none", "zero_optimization.offload_optimizer.device");
        boolean forced = !deepSpeed.has("zero_force_ds_cpu_optimizer") || deepSpeed.flag("zero_force_ds_cpu_optimizer");
        return optimizer != null
                && !device.equals("none")
                && forced
                && !deepSpeed.has("optimizer.type")
                && COUPLED.contains(optimizer);
    }

    static Finding finding(String optimizer) {
        return new Finding(
                "offload-flips-kind",
                Severity.WARNING,
                "optimizer",
                "offload_optimizer replaces " + optimizer
                        + " by DeepSpeedCPUAdam with adamw_mode=False: λ becomes an L2 penalty inside the preconditioner",
                "use adamw_torch or a 32-bit AdamW with offloading, or write an optimizer in the DeepSpeed file",
                "huggingface/accelerate, utils/deepspeed.py, map_pytorch_optim_to_deepspeed");
    }
}
