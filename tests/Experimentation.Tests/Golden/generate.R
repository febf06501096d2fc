# Figures of R on rows.csv: independence estimating equations of geepack and leverage-corrected errors of sandwich, which share no code with statsmodels.
# Debian 12: R 4.2.2. Run here with: Rscript generate.R; writes golden-r.csv.
suppressMessages(library(geepack))
suppressMessages(library(sandwich))
rows <- read.csv("rows.csv")
result <- data.frame()
families <- list(Gaussian = gaussian(), Binomial = binomial(), Poisson = poisson())
for (name in names(families)) {
  fit <- geeglm(as.formula(paste(name, "~ z + w")), id = id, data = rows, family = families[[name]], corstr = "independence",
                control = geese.control(epsilon = 1e-14, maxit = 200))
  errors <- sqrt(diag(vcov(fit)))
  result <- rbind(result, data.frame(method = "geepack", family = name, term = c("intercept", "z", "w"), value = unname(coef(fit)), error = unname(errors)))
}
fit <- lm(Gaussian ~ z + w, data = rows)
for (kind in c("HC2", "HC3"))
  result <- rbind(result, data.frame(method = kind, family = "Gaussian", term = c("intercept", "z", "w"),
                                     value = unname(coef(fit)), error = unname(sqrt(diag(vcovHC(fit, type = kind))))))
write.csv(format(result, digits = 15), "golden-r.csv", row.names = FALSE, quote = FALSE)
