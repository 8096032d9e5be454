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
    /** Those whose kind stays what it was, on the CPU. */
    private static final Set<String> KEPT = Set.of(
            "adamw_torch",
            "adamw_torch_fused",
            "paged_adamw",
            "paged_adamw_32bit",
            "adagrad",
            "lion_32bit",
            "paged_lion_32bit");

    private Offload() {}

    /** Whether the optimizer that the trainer names becomes an Adam with its λ in the gradient. */
    static boolean turnsCoupled(Lookup deepSpeed, @Nullable String optimizer) {
        String device = deepSpeed.textOr(
                "none", "zero_optimization.offload_optimizer.device", "deepspeed_config.offload_optimizer_device");
        boolean forced = !deepSpeed.has("zero_force_ds_cpu_optimizer") || deepSpeed.flag("zero_force_ds_cpu_optimizer");
        return optimizer != null
                && !device.equals("none")
                && forced
                && !deepSpeed.has("optimizer.type")
                && HfOptim.row(optimizer).isPresent()
                && !KEPT.contains(optimizer);
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
