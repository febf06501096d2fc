# Writes group_sequential.csv: efficacy and futility bounds of rpact 3.3.4 (Debian 12), R 4.2.2.
library(rpact)
rows <- list()
add <- function(name, alpha, beta, shares, drift, efficacy, futility) for (k in seq_along(shares))
  rows[[length(rows) + 1]] <<- data.frame(name, alpha, beta, k, share = shares[k], drift, efficacy = efficacy[k],
    futility = if (is.null(futility) || k > length(futility)) NA else futility[k])
sets <- list(c(1), c(0.5, 1), c(1, 2, 3, 4, 5) / 5, c(0.1, 0.35, 0.4, 0.9, 1), (1:14) / 14)
for (alpha in c(0.025, 0.05, 0.005)) for (shares in sets) for (type in c("asOF", "asP")) {
  if (length(shares) == 1) next
  d <- getDesignGroupSequential(sided = 1, alpha = alpha, informationRates = shares, typeOfDesign = type)
  add(type, alpha, NA, shares, NA, d$criticalValues, NULL)
}
for (shares in sets[2:4]) for (type in c("asOF", "asP")) {
  bs <- if (type == "asOF") "bsOF" else "bsP"
  d <- getDesignGroupSequential(sided = 1, alpha = 0.025, beta = 0.2, informationRates = shares, typeOfDesign = type,
    typeBetaSpending = bs, bindingFutility = FALSE)
  drift <- sqrt(getDesignCharacteristics(d)$shift)
  add(paste0(type, "+", bs), 0.025, 0.2, shares, drift, d$criticalValues, d$futilityBounds)
}
out <- do.call(rbind, rows)
for (column in c("share", "drift", "efficacy", "futility")) out[[column]] <- formatC(out[[column]], digits = 15, format = "g")
write.csv(out, "group_sequential.csv", row.names = FALSE, quote = FALSE)
