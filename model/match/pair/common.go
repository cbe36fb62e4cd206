package pair

// How many in a hundred thousand bear a word as a name. Round figures for London and England, after the published lists of the
// commonest surnames and forenames; a word of no list is rare. They only say how much it means that two people share it.
const (
	rareName = 10
	leastOf  = 2 // no name is so rare that sharing it proves more than this
)

// bearers is how many in a hundred thousand bear a folded word as surname or forename.
func bearers(word string) float64 {
	switch word {
	case "john", "david", "michael", "james", "mohammed", "paul":
		return 2000
	case "smith", "jones", "robert", "richard", "william", "thomas", "daniel", "peter", "andrew", "mark", "muhammad", "mohamed", "mary", "margaret", "susan",
		"elizabeth", "sarah", "christopher", "stephen", "patricia", "christine", "matthew", "george", "joseph", "anthony", "ali", "ahmed", "jack":
		return 1000
	case "williams", "taylor", "brown", "davies", "evans", "khan", "patel", "singh", "begum", "kaur", "wilson", "johnson", "roberts", "robinson", "thompson", "wright",
		"walker", "white", "edwards", "hughes", "green", "hall", "lewis", "harris", "clarke", "clark", "jackson", "wood", "turner", "martin", "cooper", "hill",
		"hussain", "miah", "ward", "morris", "moore", "king", "watson", "baker", "harrison", "morgan", "young", "allen", "mitchell", "anderson", "lee", "phillips",
		"scott", "campbell", "stewart", "murphy", "kelly", "hassan", "islam", "rahman", "shah", "hussein", "ibrahim",
		"steven", "simon", "alan", "ian", "kevin", "gary", "brian", "philip", "martyn", "graham", "colin", "keith", "jonathan", "adam", "alexander",
		"joshua", "samuel", "benjamin", "luke", "ryan", "jamie", "sean", "patrick", "charles", "edward", "kenneth", "ronald", "barry", "nicholas", "timothy",
		"jennifer", "linda", "karen", "helen", "julie", "jacqueline", "jane", "nicola", "emma", "claire", "laura", "rebecca", "charlotte", "jessica", "emily", "amy",
		"sophie", "hannah", "lauren", "rachel", "michelle", "lisa", "sharon", "tracey", "deborah", "angela", "ann", "anne", "anna", "maria", "fatima", "jean", "joan",
		"barbara", "maureen", "sandra", "carol", "catherine", "kathleen", "dorothy", "alison", "amanda", "samantha", "victoria", "katherine", "kate", "olivia", "chloe":
		return 400
	case "parker", "bennett", "cook", "shaw", "richardson", "carter", "collins", "bell", "bailey", "cox", "miller", "marshall", "simpson", "price", "adams", "wilkinson", "foster",
		"ellis", "chapman", "mason", "gray", "grey", "webb", "rogers", "hunt", "mills", "palmer", "stevens", "reid", "owen", "murray", "powell", "knight", "butler", "barker",
		"russell", "barnes", "fisher", "jenkins", "dixon", "fletcher", "pearson", "lloyd", "matthews", "thomson", "ross", "henderson", "kennedy", "obrien",
		"osullivan", "walsh", "byrne", "oconnor", "mccarthy", "doyle", "akhtar", "iqbal", "mahmood", "malik", "sharma", "chowdhury", "uddin", "abdi", "abdullah", "omar",
		"osman", "yusuf", "nguyen", "chen", "wang", "zhang", "silva", "santos", "popescu", "popa", "nowak", "kowalski", "okafor", "mensah", "owusu", "boateng", "adeyemi",
		"abdul", "syed", "imran", "bilal", "usman", "hamza", "aisha", "maryam", "zainab", "piotr", "krzysztof", "andrei", "alexandru", "jose", "carlos", "oliver", "harry",
		"charlie", "oscar", "jacob", "noah", "ethan", "nathan", "aaron", "liam", "connor", "callum", "jake", "kyle", "craig", "darren", "wayne", "dean", "shaun", "stuart", "neil",
		"nigel", "trevor", "roger", "raymond", "derek", "dennis", "frank", "eric", "leon", "marcus", "dominic", "louis", "max", "grace", "lucy", "ella", "mia", "ruby", "lily",
		"georgia", "megan", "bethany", "natalie", "natasha", "zoe", "donna", "dawn", "debra", "wendy", "gillian", "janet", "judith", "irene", "joyce", "brenda", "sheila":
		return 150
	}
	return rareName
}

// frequency is how likely somebody taken at random bears a word as a name: what is known of it in general and, among people at
// hand, how many of them do. The two who are compared do not count.
func (c *Crowd) frequency(word string) float64 {
	const known = 1000 // people the general figure is worth
	f := bearers(word) / 100_000
	if c.Count == nil {
		return f
	}
	share := (float64(max(0, c.Count(word)-2)) + known*f) / float64(c.Listed+known)
	return max(share, leastOf/100_000.0)
}
