package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import java.util.Optional;

/** Python that builds the optimizer as a trainer does from its configuration, and runs the ten steps on it. */
final class TrainerTest {
    private TrainerTest() {}

    /** Empty where ten steps would not agree, or the framework's own code has its test already. */
    static Optional<String> of(Conversion conversion) {
        Recipe to = conversion.to();
        return EquivalenceTest.of(conversion)
                .flatMap(expected -> builder(to)
                        .map(builder -> GeneratedCode.header(conversion, "# ") + "import torch\n" + builder
                                + test(to, expected)));
    }

    /** DeepSpeed's kernel for the CPU is single precision. */
    private static String test(Recipe to, ConformanceCase expected) {
        return to.optimizer().framework().equals("deepspeed")
                ? TorchCode.test(expected, "float32", "1e-4", "1e-5")
                : TorchCode.test(expected, "float64", "1e-6", "" + EquivalenceTest.absolute(to));
    }

    private static Optional<String> builder(Recipe to) {
        return switch (to.optimizer().framework()) {
            case "hf" -> Optional.of(trainingArguments(to));
            case "timm" -> Optional.of(timm(to));
            case "composer" -> Optional.of(composer(to));
            case "deepspeed" ->
                to.family() == Family.ADAM || to.family() == Family.LION
                        ? Optional.of(deepspeed(to))
                        : Optional.empty();
            case "megatron" -> Optional.of(megatron(to));
            default -> Optional.empty();
        };
    }

    private static String trainingArguments(Recipe to) {
        return """
                from transformers import Trainer, TrainingArguments


                def make_optimizer(model):
                    arguments = TrainingArguments(
                        output_dir="unused", report_to=[], optim="%s", learning_rate=%s, weight_decay=%s,
                        adam_beta1=%s, adam_beta2=%s, adam_epsilon=%s)
                    kind, settings = Trainer.get_optimizer_cls_and_kwargs(arguments)
                    return kind(model.parameters(), weight_decay=arguments.weight_decay, **settings)
                """.formatted(
                        to.optimizer().id(),
                        to.learningRate(),
                        to.weightDecay(),
                        to.betas().first(),
                        to.betas().second(),
                        to.epsilon());
    }

    private static String timm(Recipe to) {
        return """
                from timm.optim import create_optimizer_v2


                def make_optimizer(model):
                    return create_optimizer_v2(model, opt="%s", lr=%s, weight_decay=%s, %s)
                """.formatted(to.optimizer().id(), to.learningRate(), to.weightDecay(), own(to));
    }

    private static String composer(Recipe to) {
        String kind = switch (to.family()) {
            case LION -> "DecoupledLionW";
            case SGD -> "DecoupledSGDW";
            default -> "DecoupledAdamW";
        };
        return """
                from composer.optim import %s


                def make_optimizer(model):
                    return %s(model.parameters(), lr=%s, weight_decay=%s, %s)
                """.formatted(kind, kind, to.learningRate(), to.weightDecay(), own(to));
    }

    private static String deepspeed(Recipe to) {
        boolean lion = to.family() == Family.LION;
        String kind = lion ? "lion import DeepSpeedCPULion" : "adam import DeepSpeedCPUAdam";
        return """
                from deepspeed.ops.%s


                def make_optimizer(model):
                    return DeepSpeedCPU%s(model.parameters(), lr=%s, weight_decay=%s%s, %s)
                """.formatted(
                        kind,
                        lion ? "Lion" : "Adam",
                        to.learningRate(),
                        to.weightDecay(),
                        lion ? "" : ", adamw_mode=True",
                        own(to));
    }

    /** Without Apex and Transformer Engine, Megatron falls back to torch's own optimizers. */
    private static String megatron(Recipe to) {
        return """


                def make_optimizer(model):
                    return torch.optim.%s(model.parameters(), lr=%s, weight_decay=%s, %s)
                """.formatted(to.family().hasBetas() ? "AdamW" : "SGD", to.learningRate(), to.weightDecay(), own(to));
    }

    private static String own(Recipe to) {
        String betas = "betas=(" + to.betas().first() + ", " + to.betas().second() + ")";
        if (to.family() == Family.LION) {
            return betas;
        }
        return to.family().hasBetas()
                ? betas + ", eps=" + to.epsilon()
                : "momentum=" + to.momentum().momentum() + ", nesterov="
                        + GeneratedCode.python(to.appliedMomentum().nesterov());
    }
}
