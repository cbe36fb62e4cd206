package sample

import (
	"strconv"
	"strings"

	"pou/model"
)

// outwards are the first halves of the postcodes of each borough. Some span boroughs; each stands in one.
func outwards() map[string]string {
	return map[string]string{
		"Lambeth": "SW2 SW4 SW8 SW9 SW16 SE11 SE24 SE27", "Southwark": "SE1 SE5 SE15 SE16 SE17 SE21 SE22",
		"Hammersmith & Fulham": "W6 W12 W14 SW6", "Kensington & Chelsea": "W8 W10 W11 SW3 SW5 SW7 SW10",
		"Westminster": "W2 W9 NW8 SW1P SW1V W1H W1U", "Hackney": "E5 E8 E9 N16", "Tower Hamlets": "E1 E2 E3 E14",
		"Camden": "NW1 NW3 NW5 NW6 WC1H", "Islington": "N1 N5 N7 N19 EC1V", "Barking & Dagenham": "IG11 RM8 RM9 RM10",
		"Havering": "RM1 RM2 RM3 RM7 RM11 RM12 RM13 RM14", "Redbridge": "IG1 IG2 IG3 IG4 IG5 IG6 E18",
		"Enfield": "EN1 EN2 EN3 N9 N13 N14 N18 N21", "Haringey": "N4 N8 N10 N15 N17 N22", "Newham": "E6 E7 E12 E13 E15 E16",
		"Waltham Forest": "E4 E10 E11 E17", "Barnet": "EN5 N2 N3 N11 N12 N20 NW4 NW7 NW11", "Brent": "NW2 NW9 NW10 HA0 HA9",
		"Harrow": "HA1 HA2 HA3 HA5 HA7", "Bexley": "DA5 DA6 DA7 DA8 DA14 DA15 DA16 DA17", "Greenwich": "SE2 SE3 SE7 SE9 SE10 SE18",
		"Lewisham": "SE4 SE6 SE8 SE12 SE13 SE14 SE23 SE26", "Bromley": "BR1 BR2 BR3 BR4 BR5 BR6 BR7 SE20",
		"Croydon": "CR0 CR2 CR5 CR7 CR8 SE19 SE25", "Sutton": "SM1 SM2 SM3 SM5 SM6", "Kingston": "KT1 KT2 KT3 KT5 KT6 KT9",
		"Merton": "SW19 SW20 SM4 CR4", "Richmond": "TW1 TW2 TW9 TW10 TW11 TW12 SW13 SW14", "Wandsworth": "SW11 SW12 SW15 SW17 SW18",
		"Ealing": "W3 W5 W7 W13 UB1 UB2 UB5 UB6", "Hillingdon": "UB3 UB4 UB7 UB8 UB10 HA4 HA6", "Hounslow": "TW3 TW4 TW5 TW7 TW8 TW13 W4",
	}
}

// borough is a borough with the first halves of its postcodes.
type borough struct {
	name string
	outs []string
}

// places are where the sample's people live: per unit, in the order of [model.Units].
type places struct {
	boroughs [][]borough
	names    []string // of invented streets
	kinds    []string
}

func newPlaces() *places {
	outs := outwards()
	p := &places{
		names: strings.Fields("Example Specimen Sample Invented Imaginary Notional Fictional Fable Storybook Pretend Makebelieve Placeholder " +
			"Template Pattern Paragon Mockup Prototype Figment Phantom Mirage Daydream Nowhere Neverland Parable Proverb Riddle Rehearsal " +
			"Dressrehearsal Understudy Stagehand Footlight Scenery Backdrop Curtain Overture Interlude Epilogue Prologue Chapter Preface"),
		kinds: strings.Fields("Road Street Avenue Close Lane Gardens Court Way Terrace Grove Crescent Mews Place Drive Walk Rise Hill Square Row Green"),
	}
	for _, u := range model.Units() {
		var list []borough
		for _, b := range u.Boroughs {
			list = append(list, borough{name: b, outs: strings.Fields(outs[b])})
		}
		p.boroughs = append(p.boroughs, list)
	}
	return p
}

// street is an invented street.
func (p *places) street(d *dice) string { return pick(d, p.names) + " " + pick(d, p.kinds) }

// address is an invented address in a unit's boroughs, given by the unit's place in [model.Units].
func (p *places) address(d *dice, unit int) (text, postcode string) {
	b := pick(d, p.boroughs[unit])
	text = strconv.Itoa(d.between(1, 240)) + " " + p.street(d) + ", " + b.name
	if d.chance(40) {
		text = "Flat " + strconv.Itoa(d.between(1, 60)) + ", " + text
	}
	return text, pick(d, b.outs) + " 9Z" + letter(d)
}

// letter is a letter as the second halves of postcodes and registration plates use them.
func letter(d *dice) string {
	const letters = "ABDEFGHJLNPRSTUWXY"
	i := d.below(len(letters))
	return letters[i : i+1]
}

// officersFrom is the first of the landlines kept for officers.
const officersFrom = 870

// mobile and landline are numbers of the ranges Ofcom keeps for drama, by their last three digits.
func mobile(n int) string   { return "07700 900" + threeDigits(n) }
func landline(n int) string { return "020 7946 0" + threeDigits(n) }

func threeDigits(n int) string {
	s := strconv.Itoa(n % 1000)
	return "000"[len(s):] + s
}

// plate is a registration plate of the current form with a London area code and an age identifier from 90 to 99, which
// would be issued from 2040 on.
func plate(d *dice) string {
	return "L" + letter(d) + "9" + strconv.Itoa(d.below(10)) + " " + letter(d) + letter(d) + letter(d)
}
