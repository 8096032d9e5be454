package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;

/** PyTorch: parameter groups, the optimizer, and a test of ten steps. */
final class TorchCode {
    private TorchCode() {}

    static String of(Conversion conversion) {
        if (conversion.to().optimizer().id().equals("muon")) {
            return muon(conversion);
        }
        return GeneratedCode.header(conversion, "# ")
                + """
                import torch


                def parameter_groups(model):
                    \"""Matrices and filters are decayed; biases, norm gains and other vectors are not.\"""
                    parameters = [p for p in model.parameters() if p.requires_grad]
                    return [
                        {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": %s},
                        {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
                    ]


                def make_optimizer(model):
                    return %s
                """.formatted(GeneratedCode.decay(conversion.to()), constructor(conversion.to()))
                + EquivalenceTest.of(conversion)
                        .map(expected ->
                                test(expected, "float64", "1e-6", "" + EquivalenceTest.absolute(conversion.to())))
                        .orElse("");
    }

    /** Muon takes matrices alone; embeddings and heads are matrices that it does not suit. */
    private static String muon(Conversion conversion) {
        Recipe to = conversion.to();
        boolean adam = conversion.from().family() == Family.ADAM;
        return GeneratedCode.header(conversion, "# ")
                + """
                import torch


                def make_optimizers(model, is_hidden):
                    \"""Muon for hidden matrices, AdamW for everything else.

                    is_hidden(name) must be false for embeddings and the head. AdamW has %s.
                    \"""
                    hidden = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim == 2 and is_hidden(n)]
                    chosen = {id(p) for p in hidden}
                    rest = [p for p in model.parameters() if p.requires_grad and id(p) not in chosen]
                    groups = [
                        {"params": [p for p in rest if p.ndim >= 2], "weight_decay": %s},
                        {"params": [p for p in rest if p.ndim < 2], "weight_decay": 0.0},
                    ]
                    return [
                        torch.optim.Muon(hidden, lr=%s, weight_decay=%s, momentum=%s%s),
                        torch.optim.AdamW(groups, %s),
                    ]
                """.formatted(
                                adam ? "the source's settings" : "torch's defaults: tune its learning rate",
                                adam ? GeneratedCode.decay(to) : "0.0",
                                GeneratedCode.rate(to),
                                GeneratedCode.decay(to),
                                to.momentum().momentum(),
                                scaledAsAdamW(conversion) ? ", adjust_lr_fn=\"match_rms_adamw\"" : "",
                                adam ? settings(conversion.from()) : "");
    }

    private static String settings(Recipe adam) {
        return "lr=" + GeneratedCode.rate(adam) + ", betas=(" + adam.betas().first() + ", "
                + adam.betas().second() + "), eps=" + adam.epsilon();
    }

    private static boolean scaledAsAdamW(Conversion conversion) {
        return conversion.from().optimizer().update().equals("scaled by 0.2·√max(A,B)");
    }

    private static String constructor(Recipe to) {
        String rate = "torch.optim.%s(parameter_groups(model), lr=" + GeneratedCode.rate(to);
        String betas = ", betas=(" + to.betas().first() + ", " + to.betas().second() + "), eps=" + to.epsilon() + ")";
        return switch (to.optimizer().id()) {
            case "sgd" ->
                rate.formatted("SGD") + ", momentum=" + to.momentum().momentum() + ", dampening="
                        + to.momentum().dampening() + ", nesterov="
                        + (to.momentum().nesterov() ? "True" : "False") + ")";
            case "adamw" -> rate.formatted("AdamW") + betas;
            case "adam" -> rate.formatted("Adam") + betas;
            case "nadam" -> rate.formatted("NAdam") + betas;
            case "radam" -> rate.formatted("RAdam") + betas;
            case "nadam_decoupled" -> rate.formatted("NAdam") + betas.replace(")", ", decoupled_weight_decay=True)");
            case "radam_decoupled" -> rate.formatted("RAdam") + betas.replace(")", ", decoupled_weight_decay=True)");
            case "adamax" -> rate.formatted("Adamax") + betas;
            case "rmsprop" ->
                rate.formatted("RMSprop") + ", momentum=" + to.momentum().momentum() + ", eps=" + to.epsilon() + ")";
            case "adagrad" -> rate.formatted("Adagrad") + ")";
            case "adadelta" -> rate.formatted("Adadelta") + ")";
            case "asgd" -> rate.formatted("ASGD") + ")";
            default -> throw new IllegalArgumentException("no generator for " + to.optimizer());
        };
    }

    /** Ten steps of what {@code make_optimizer} returns. */
    static String test(ConformanceCase expected, String type, String relative, String absolute) {
        return """


                %s


                def test_ten_steps():
                    \"""The same weights as the source optimizer after each of ten steps, to %s.\"""
                    model = torch.nn.Module()
                    model.weight = torch.nn.Parameter(torch.tensor([INITIAL], dtype=torch.%s))
                    optimizer = make_optimizer(model)
                    for gradient, expected in zip(GRADIENTS, EXPECTED):
                        model.weight.grad = torch.tensor([gradient], dtype=torch.%s)
                        optimizer.step()
                        torch.testing.assert_close(
                            model.weight.data[0], torch.tensor(expected, dtype=torch.%s), rtol=%s, atol=%s)


                if __name__ == "__main__":
                    test_ten_steps()
                    print("ten steps agree")
                """.formatted(EquivalenceTest.inputs(expected).strip(), relative, type, type, type, relative, absolute);
    }
}
